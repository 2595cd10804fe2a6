package sluice.govern.settings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a cluster has for a datasource.
 *
 * @param supervisors those that exist, by id
 * @param rules the datasource's own rules; may be empty
 * @param compaction its automatic compaction; null if it has none
 * @param compactsBySupervisors whether the overlord compacts instead of the coordinator
 */
public record LiveSettings(
        Map<String, ObjectNode> supervisors,
        ArrayNode rules,
        @Nullable ObjectNode compaction,
        boolean compactsBySupervisors) {

    public LiveSettings {
        supervisors = Map.copyOf(supervisors);
    }
}
