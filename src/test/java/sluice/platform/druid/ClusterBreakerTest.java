package sluice.platform.druid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.platform.metric.Metric;
import sluice.platform.metric.Metrics;
import sluice.platform.metric.RecordedMetrics;
import sluice.platform.state.Key;
import sluice.platform.state.PollSettings;
import sluice.simulation.DefaultSettings;
import sluice.simulation.InMemoryStateTable;
import sluice.simulation.ManualClock;
import sluice.simulation.TableFailures;

class ClusterBreakerTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T12:00:00Z"));
    private final TableFailures failures = new TableFailures();
    private final InMemoryStateTable table = new InMemoryStateTable(clock).observer(failures);
    private final RecordedMetrics recorded = new RecordedMetrics();
    private final Metrics metrics = recorded.metrics(clock);
    private final ClusterBreaker breaker = process();
    private int probes;
    private boolean answers;

    @Test
    void aClusterThatAnswersAProbeHasNoOutage() {
        // Given
        answers = true;

        // When
        breaker.unanswered("main", "SQL: TIMED_OUT", this::probe);

        // Then
        assertThat(probes).isEqualTo(1);
        assertThat(breaker.outage("main", this::probe)).isEmpty();
    }

    @Test
    void anOutageHoldsForEveryProcessAndForNoOtherCluster() {
        // Given
        breaker.unanswered("main", "SQL: TIMED_OUT", this::probe);

        // When
        Optional<Outage> elsewhere = process().outage("main", this::probe);

        // Then
        assertThat(elsewhere).hasValueSatisfying(outage -> assertThat(outage.message())
                .contains("since 2026-01-01T12:00:00Z", "SQL: TIMED_OUT"));
        assertThat(process().outage("other", this::probe)).isEmpty();
        assertThat(probes).isEqualTo(1);
    }

    @Test
    void pausesDoubleUpToALimit() {
        // Given
        breaker.unanswered("main", "down", this::probe);
        List<Duration> pauses = new ArrayList<>();

        // When
        for (int time = 0; time < 12; time++) {
            Outage outage = breaker.outage("main", this::probe).orElseThrow();
            pauses.add(Duration.between(clock.instant(), outage.until()));
            clock.advance(pauses.get(time));
        }

        // Then
        assertThat(pauses.subList(0, 4))
                .containsExactly(
                        Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8), Duration.ofSeconds(16));
        assertThat(pauses).endsWith(Duration.ofMinutes(5), Duration.ofMinutes(5));
    }

    @Test
    void theFirstAnswerEndsAnOutage() {
        // Given
        breaker.unanswered("main", "down", this::probe);
        clock.advance(Duration.ofSeconds(3));
        answers = true;

        // When
        Optional<Outage> outage = breaker.outage("main", this::probe);

        // Then
        assertThat(outage).isEmpty();
        assertThat(table.get(Key.outage("main"))).isEmpty();
    }

    @Test
    void oneCallerProbesAfterAPauseAndTheOthersGoWithout() {
        // Given
        breaker.unanswered("main", "down", this::probe);
        ClusterBreaker another = process();
        another.outage("main", this::probe);
        clock.advance(Duration.ofSeconds(3));
        List<Optional<Outage>> meanwhile = new ArrayList<>();

        // When
        breaker.outage("main", () -> {
            meanwhile.add(another.outage("main", this::probe));
            return false;
        });

        // Then
        assertThat(meanwhile).singleElement().satisfies(outage -> assertThat(outage)
                .isPresent());
        assertThat(probes).isEqualTo(1);
    }

    @Test
    void withoutTheTableAProcessRemembersForItself() {
        // Given
        failures.timeOutBefore(call -> call.kind().isWrite());
        breaker.unanswered("main", "down", this::probe);

        // When
        Optional<Outage> outage = breaker.outage("main", this::probe);

        // Then
        assertThat(outage).isPresent();
        assertThat(table.get(Key.outage("main"))).isEmpty();
    }

    @Test
    void anAbsenceIsNotedOnceAndEndsWhenTheClusterIsBack() {
        // Given
        Outage first = breaker.absent("main");
        clock.advance(Duration.ofHours(3));
        Outage later = process().absent("main");
        answers = true;

        // When
        Optional<Outage> back = process().outage("main", this::probe);

        // Then
        assertThat(later.since()).isEqualTo(first.since());
        assertThat(back).isEmpty();
        assertThat(process().absent("main").since()).isEqualTo(clock.instant());
    }

    @Test
    void anOutageHasAnAgeForAsLongAsItLasts() {
        // Given
        breaker.unanswered("main", "SQL: TIMED_OUT", this::probe);
        clock.advance(Duration.ofMinutes(7));

        // When
        breaker.outage("main", this::probe);
        metrics.flush();
        answers = true;
        clock.advance(Duration.ofMinutes(7));
        breaker.outage("main", this::probe);
        metrics.flush();

        // Then
        assertThat(recorded.values(Metric.OUTAGE_AGE)).containsExactly(420L);
    }

    @Test
    void aPersonsCallProbesDuringThePauseAndEndsTheOutageForAll() {
        // Given
        breaker.unanswered("main", "down", this::probe);
        ClusterBreaker gate = process();
        gate.outage("main", this::probe);
        answers = true;
        gate.personAsks();

        // When
        Optional<Outage> outage = gate.outage("main", this::probe);

        // Then
        assertThat(outage).isEmpty();
        assertThat(process().outage("main", this::probe)).isEmpty();
        assertThat(probes).isEqualTo(2);
    }

    @Test
    void aPersonsCallProbesOnceAndDoesNotMakeThePauseLonger() {
        // Given
        breaker.unanswered("main", "down", this::probe);
        ClusterBreaker gate = process();
        Outage before = gate.outage("main", this::probe).orElseThrow();
        gate.personAsks();

        // When
        List<Optional<Outage>> answered = List.of(gate.outage("main", this::probe), gate.outage("main", this::probe));

        // Then
        assertThat(answered).containsOnly(Optional.of(before));
        assertThat(probes).isEqualTo(2);
    }

    @Test
    void eachCallOfAPersonProbes() {
        // Given
        breaker.unanswered("main", "down", this::probe);
        ClusterBreaker gate = process();
        gate.personAsks();
        gate.outage("main", this::probe);
        answers = true;

        // When
        gate.personAsks();

        // Then
        assertThat(gate.outage("main", this::probe)).isEmpty();
    }

    private ClusterBreaker process() {
        return new ClusterBreaker(table, clock, DefaultSettings.of(PollSettings.class, Map.of()), metrics);
    }

    private boolean probe() {
        probes++;
        return answers;
    }
}
