package sluice.ingest.tracking;

import java.util.List;
import java.util.Map;
import sluice.ingest.DefinitionText;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.submission.Submitter;
import sluice.platform.druid.TaskStatus;

/** Follows tasks of a Druid in memory. */
abstract class FollowedTaskTest {

    static final int PATIENCE = 5;

    final IngestFixture fixture = new IngestFixture(Map.of("sluice.attempts", "2"));

    final TaskFollower follower = fixture.bean(TaskFollower.class);

    final RunStore runs = fixture.bean(RunStore.class);

    static DefinitionText definition() {
        return IngestFixture.definition("replace");
    }

    Run planned(DefinitionText text) {
        return fixture.planned(text, "a.json", 3);
    }

    Run submitted(DefinitionText text) {
        return fixture.inDruid(text, "a.json", 3);
    }

    Run inDruid() {
        return submitted(definition());
    }

    void submit(Run run) {
        fixture.bean(Submitter.class).submit(run.id());
    }

    /** Asks Druid as a tick does, and follows. */
    Run follow(Run run) {
        List<String> ids = List.of(((RunState.InDruid) run.state()).taskId());
        follower.follow(
                run,
                (RunState.InDruid) run.state(),
                fixture.druid,
                fixture.druid.tasks().statuses(ids).values().stream().findFirst(),
                fixture.druid.taskTable().codes(ids).values().stream().findFirst());
        return stored(run);
    }

    TaskStatus status(Run run) {
        return fixture.druid.tasks().statuses(List.of(run.taskId())).get(run.taskId());
    }

    Run stored(Run run) {
        return fixture.stored(run);
    }

    static Problem problem(Run run) {
        return ((RunState.Failed) run.state()).problem();
    }

    static RunState.Failed lastEnd(Run run) {
        return (RunState.Failed) run.history().get(run.history().size() - 1);
    }
}
