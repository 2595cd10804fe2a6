package sluice.platform.state;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import sluice.ingest.run.Run;

/**
 * Reads each text of a run once for all processes of a simulated world, as each process does for itself. A run is immutable, and is
 * read several times for each time that it is written.
 */
public final class SharedStateJson extends StateJson {

    private static final int MOST = 64;

    private final Map<String, Run> runs = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Run> eldest) {
            return size() > MOST;
        }
    };

    public SharedStateJson(ObjectMapper mapper) {
        super(mapper);
    }

    @Override
    public <T> T read(String json, Class<T> type) {
        if (type != Run.class) {
            return super.read(json, type);
        }
        Run run = runs.get(json);
        if (run == null) {
            run = super.read(json, Run.class);
            runs.put(json, run);
        }
        return type.cast(run);
    }
}
