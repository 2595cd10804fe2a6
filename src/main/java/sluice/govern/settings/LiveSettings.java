package sluice.govern.settings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What a cluster has for a datasource.
 *
 * @param supervisors those that were looked for and are there, by id
 * @param rules the datasource's own, empty where it has none
 * @param compaction its automatic compaction, or null
 * @param compactsBySupervisors whether the overlord compacts, and not the coordinator
 */
public record LiveSettings(
        Map<String, ObjectNode> supervisors, ArrayNode rules, ObjectNode compaction, boolean compactsBySupervisors) {

    public LiveSettings {
        supervisors = Map.copyOf(supervisors);
    }
}
