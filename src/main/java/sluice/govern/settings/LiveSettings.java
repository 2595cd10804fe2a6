package sluice.govern.settings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a cluster has for a datasource.
 *
 * @param supervisors those that exist, by id
 * @param former the last ones under the ids of wanted supervisors that do not exist now
 * @param rules the datasource's own rules; may be empty
 * @param compaction its automatic compaction; null if it has none
 * @param compactsBySupervisors whether the overlord compacts instead of the coordinator
 */
public record LiveSettings(
        Map<String, ObjectNode> supervisors,
        Map<String, ObjectNode> former,
        ArrayNode rules,
        @Nullable ObjectNode compaction,
        boolean compactsBySupervisors) {

    public LiveSettings {
        supervisors = Map.copyOf(supervisors);
        former = Map.copyOf(former);
    }

    /** Returns the supervisor under an id, or else the last one that was; null if there never was one. */
    @Nullable
    ObjectNode latest(String id) {
        return supervisors.containsKey(id) ? supervisors.get(id) : former.get(id);
    }
}
