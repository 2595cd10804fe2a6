package sluice.ingest.submission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.LeaseStore;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.druid.TaskStatus;

/** Submits runs to a Druid in memory. */
abstract class SubmissionTest {

    final IngestFixture fixture = new IngestFixture();

    final Submitter submitter = fixture.bean(Submitter.class);

    final RunStore runs = fixture.bean(RunStore.class);

    final LeaseStore leases = fixture.bean(LeaseStore.class);

    Run stored(Run run) {
        return fixture.stored(run);
    }

    JsonNode task(Run run) {
        return fixture.druid.tasks().find(run.taskId()).orElseThrow();
    }

    TaskStatus.Code status(Run run) {
        Map<String, TaskStatus> statuses = fixture.druid.tasks().statuses(List.of(run.taskId()));
        return statuses.get(run.taskId()).code();
    }
}
