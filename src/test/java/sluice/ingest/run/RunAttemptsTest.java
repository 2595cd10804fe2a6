package sluice.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.core.batch.RunKind;
import sluice.core.contract.Finding;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.BatchDefinition.OnViolation;
import sluice.core.definition.Expectation;
import sluice.core.definition.Expectation.Bounds;
import sluice.core.json.CanonicalJson;
import sluice.core.spec.SpecHints;
import sluice.ingest.IngestFixture;

class RunAttemptsTest {

    private static final Finding WARNING = Finding.warning("SLU-1", "/spec", "odd", null, null);
    private static final Finding ERROR = Finding.error("SLU-2", "/spec/ioConfig", "wrong", null, null);

    private final IngestFixture fixture = new IngestFixture();
    private final RunAttempts attempts = fixture.bean(RunAttempts.class);
    private final RunStore runs = fixture.bean(RunStore.class);

    @Test
    void theFirstAttemptIsPlannedAndAnnounced() {
        // When
        DraftedRun drafted = attempts.draft(intent("hash"), Optional.empty(), plan("{\"a\":1}", WARNING), refusal());

        // Then
        Run run = drafted.run();
        assertThat(run.state()).isEqualTo(new RunState.Planned(fixture.clock.instant()));
        assertThat(run.attempt()).isEqualTo(1);
        assertThat(run.plan()).isEqualTo(1);
        assertThat(run.version()).isEqualTo(1);
        assertThat(run.kind()).isEqualTo(RunKind.COMPACT);
        assertThat(run.feed()).isEqualTo(FEED);
        assertThat(run.chunks()).containsExactly(DAY);
        assertThat(run.definitionHash()).isEqualTo("hash");
        assertThat(run.timeLimit()).isEqualTo(Duration.ofHours(1));
        assertThat(run.specHash()).isEqualTo(CanonicalJson.hash(drafted.plan().spec()));
        assertThat(run.createdAt()).isEqualTo(fixture.clock.instant());
        assertThat(run.dueAt()).isAfter(fixture.clock.instant());
        assertThat(run.outbox()).extracting(event -> event.type()).containsExactly("sluice.run.planned");
    }

    @Test
    void nothingIsStoredOrSentByDrafting() {
        // When
        attempts.draft(intent("hash"), Optional.empty(), plan("{}"), refusal());

        // Then
        assertThat(fixture.runs()).isEmpty();
        assertThat(fixture.events()).isEmpty();
    }

    @Test
    void anErrorAmongTheFindingsRefusesTheAttempt() {
        // When
        DraftedRun drafted =
                attempts.draft(intent("hash"), Optional.empty(), plan("{}", WARNING, ERROR), Problem.Code.DRIFT);

        // Then
        Run run = drafted.run();
        assertThat(run.state())
                .isEqualTo(new RunState.Refused(
                        fixture.clock.instant(), new Problem(Problem.Code.DRIFT, "SLU-2 /spec/ioConfig: wrong")));
        assertThat(run.history()).containsExactly(new RunState.Planned(fixture.clock.instant()));
        assertThat(run.outbox()).extracting(event -> event.type()).containsExactly("sluice.run.refused");
        assertThat(run.version()).isEqualTo(1);
    }

    @Test
    void anAttemptWithoutASpecHasNoHash() {
        // When
        DraftedRun drafted = attempts.draft(intent("hash"), Optional.empty(), plan(null, ERROR), refusal());

        // Then
        assertThat(drafted.run().specHash()).isEmpty();
    }

    @Test
    void aFurtherAttemptKeepsTheRunAndTakesTheNewPlan() {
        // Given
        Run first = runs.save(attempts.draft(intent("old"), Optional.empty(), plan("{}"), refusal()));
        fixture.clock.advance(Duration.ofMinutes(1));
        Run ended = fixture.failed(first, Problem.Code.TASK_FAILED);
        fixture.clock.advance(Duration.ofMinutes(1));

        // When
        DraftedRun drafted = attempts.draft(intent("new"), Optional.of(ended), plan("{\"a\":1}"), refusal());

        // Then
        Run run = drafted.run();
        assertThat(run.state()).isEqualTo(new RunState.Planned(fixture.clock.instant()));
        assertThat(run.attempt()).isEqualTo(2);
        assertThat(run.plan()).isEqualTo(2);
        assertThat(run.definitionHash()).isEqualTo("new");
        assertThat(run.specHash()).isEqualTo(CanonicalJson.hash(drafted.plan().spec()));
        assertThat(run.createdAt()).isEqualTo(first.createdAt());
        assertThat(run.history()).containsExactly(first.state(), ended.state());
        assertThat(runs.save(drafted)).isEqualTo(run);
        assertThat(runs.find("run-1")).contains(run);
        assertThat(runs.plan(run)).isEqualTo(drafted.plan());
    }

    @Test
    void aRunThatLivesGetsNoFurtherAttempt() {
        // Given
        Run first = runs.save(attempts.draft(intent("hash"), Optional.empty(), plan("{}"), refusal()));

        // Then
        assertThatThrownBy(() -> attempts.draft(intent("hash"), Optional.of(first), plan("{}"), refusal()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("run-1 is Planned");
    }

    @Test
    void ofTwoWhoDraftTheSameAttemptOneIsStored() {
        // Given
        DraftedRun one = attempts.draft(intent("one"), Optional.empty(), plan("{\"a\":1}"), refusal());
        DraftedRun two = attempts.draft(intent("two"), Optional.empty(), plan("{\"a\":2}"), refusal());
        runs.save(one);

        // Then
        assertThatThrownBy(() -> runs.save(two)).isInstanceOf(StaleRunException.class);
        assertThat(runs.find("run-1")).contains(one.run());
        assertThat(runs.plan(one.run())).isEqualTo(one.plan());
    }

    private static RunIntent intent(String definitionHash) {
        return new RunIntent(
                "run-1", RunKind.COMPACT, FEED, Mode.REPLACE, List.of(DAY), definitionHash, Duration.ofHours(1));
    }

    private static Plan plan(String spec, Finding... findings) {
        return new Plan(
                spec == null ? null : IngestFixture.json(spec, ObjectNode.class),
                List.of(),
                SpecHints.NONE,
                List.of(findings),
                new Expectation(Bounds.UNBOUNDED, Bounds.UNBOUNDED, Bounds.UNBOUNDED),
                OnViolation.FAIL);
    }

    private static Problem.Code refusal() {
        return Problem.Code.CONTRACT;
    }
}
