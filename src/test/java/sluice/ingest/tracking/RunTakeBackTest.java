package sluice.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.FEED;

import org.junit.jupiter.api.Test;
import sluice.core.batch.InputObject;
import sluice.ingest.IngestFixture;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;

class RunTakeBackTest {

    private final IngestFixture fixture = new IngestFixture();
    private final RunTakeBack takeBack = fixture.bean(RunTakeBack.class);

    @Test
    void aRunThatHasLoadedIsRolledBack() {
        // Given
        Run run = fixture.available(fixture.planned("replace", "a.json", 3));

        // When
        takeBack.rolledBack(run, "version 2 was rolled back");

        // Then
        Run stored = fixture.stored(run);
        assertThat(stored.state())
                .isEqualTo(new RunState.RolledBack(
                        fixture.clock.instant(),
                        new Problem(Problem.Code.DEFINITION_ROLLED_BACK, "version 2 was rolled back")));
        InputObject object = fixture.bean(RunStore.class).plan(run).objects().get(0);
        assertThat(fixture.bean(Ledger.class).find(object.version(), FEED))
                .contains(new LedgerEntry(
                        "RolledBack",
                        run.id(),
                        null,
                        null,
                        "version 2 was rolled back",
                        new LedgerEntry.End(false, fixture.clock.instant(), null)));
        assertThat(fixture.events()).endsWith("sluice.run.rolled-back");
    }

    @Test
    void aRunThatIsRolledBackAlreadyStaysAsItIs() {
        // Given
        takeBack.rolledBack(fixture.available(fixture.planned("replace", "a.json", 3)), "once");
        Run rolledBack = fixture.run();

        // When
        takeBack.rolledBack(rolledBack, "twice");

        // Then
        assertThat(fixture.run()).isEqualTo(rolledBack);
    }

    @Test
    void aRunThatHasLoadedNothingStaysAsItIs() {
        // Given
        Run failed = fixture.failed(fixture.planned("replace", "a.json", 3), Problem.Code.TASK_FAILED);

        // When
        takeBack.rolledBack(failed, "version 2 was rolled back");

        // Then
        assertThat(fixture.run()).isEqualTo(failed);
    }

    @Test
    void aRunThatMayHaveLoadedIsRolledBack() {
        // Given
        Run failed = fixture.failed(fixture.planned("replace", "a.json", 3), Problem.Code.EXPECTATION);

        // When
        takeBack.rolledBack(failed, "version 2 was rolled back");

        // Then
        assertThat(fixture.run().state()).isInstanceOf(RunState.RolledBack.class);
    }
}
