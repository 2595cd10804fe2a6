package sluice.upkeep.clusters;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one cluster holds of a datasource.
 *
 * @param problem why the contents are unknown; null if they are known
 * @param chunks what each time chunk holds, by interval
 * @param columns Druid SQL's type of each column, by name
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClusterContents(
        String cluster, @Nullable String problem, Map<String, Held> chunks, Map<String, String> columns) {

    public ClusterContents {
        chunks = new TreeMap<>(chunks);
        columns = new TreeMap<>(columns);
    }

    /** What a time chunk, or a whole datasource, holds. */
    @RegisterForReflection
    public record Held(long segments, long rows, long bytes) {

        static final Held NOTHING = new Held(0, 0, 0);

        Held plus(Held other) {
            return new Held(segments + other.segments, rows + other.rows, bytes + other.bytes);
        }
    }

    static ClusterContents unknown(String cluster, String problem) {
        return new ClusterContents(cluster, problem, Map.of(), Map.of());
    }

    boolean isKnown() {
        return problem == null;
    }

    Held total() {
        return chunks.values().stream().reduce(Held.NOTHING, Held::plus);
    }
}
