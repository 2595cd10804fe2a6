package sluice.ingest.submission;

import static sluice.ingest.IngestFixture.DAY;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import sluice.core.batch.RunKind;
import sluice.core.contract.Finding;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.IngestFixture;

/** Drafts of runs that load no files. */
public final class TaskDrafts {

    static final String COMPACTION =
            """
            {"type": "compact", "dataSource": "wiki",
             "ioConfig": {"type": "compact",
                          "inputSpec": {"type": "interval", "interval": "2026-01-01T00:00:00Z/2026-01-02T00:00:00Z"}},
             "granularitySpec": {"segmentGranularity": "DAY"}}""";

    private TaskDrafts() {}

    /** A compaction of a day. */
    public static TaskDraft compaction(String identity, Finding... findings) {
        return withSpec(identity, COMPACTION, findings);
    }

    static TaskDraft withSpec(String identity, String spec, Finding... findings) {
        return new TaskDraft(
                RunKind.COMPACT,
                "main",
                "wiki",
                Mode.REPLACE,
                List.of(DAY),
                identity,
                IngestFixture.json(spec, ObjectNode.class),
                List.of(findings),
                "hash",
                Duration.ofHours(1));
    }
}
