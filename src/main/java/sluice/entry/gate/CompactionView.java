package sluice.entry.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import sluice.upkeep.compaction.ChunkCompaction;

/** The compaction of a time chunk as the API shows it. */
final class CompactionView {

    private CompactionView() {}

    static ObjectNode of(ChunkCompaction compaction, ObjectMapper mapper) {
        ObjectNode node = mapper.createObjectNode()
                .put("interval", compaction.chunk().interval())
                .put("state", compaction.state().name())
                .put("reason", compaction.reason())
                .put("since", compaction.since().toString());
        OptionalFields.put(node, "cluster", compaction.cluster());
        OptionalFields.put(node, "run", compaction.runId());
        return node;
    }
}
