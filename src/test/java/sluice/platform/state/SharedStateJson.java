package sluice.platform.state;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;

/**
 * Reads each text of a run or a plan once for all processes of a simulated world, as each process does for itself. A run is
 * immutable, and is read several times for each time that it is written. Of a plan everybody gets a spec of his own.
 */
public final class SharedStateJson extends StateJson {

    private static final int MOST = 64;

    private final Map<String, Object> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
            return size() > MOST;
        }
    };

    public SharedStateJson(ObjectMapper mapper) {
        super(mapper);
    }

    @Override
    public <T> T read(String json, Class<T> type) {
        if (type == Run.class) {
            return type.cast(known(json, type));
        } else if (type == Plan.class) {
            return type.cast(ownSpec((Plan) known(json, type)));
        }
        return super.read(json, type);
    }

    private Object known(String json, Class<?> type) {
        Object value = known.get(json);
        if (value == null) {
            value = super.read(json, type);
            known.put(json, value);
        }
        return value;
    }

    private static Plan ownSpec(Plan plan) {
        return new Plan(
                plan.spec() == null ? null : plan.spec().deepCopy(),
                plan.objects(),
                plan.hints(),
                plan.findings(),
                plan.expect(),
                plan.onViolation());
    }
}
