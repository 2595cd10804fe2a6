package sluice.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.run.RunExamples.NOON;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import sluice.platform.state.PollSettings;
import sluice.simulation.DefaultSettings;

class PollScheduleTest {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final PollSchedule pace = new PollSchedule(DefaultSettings.of(PollSettings.class));

    @Property
    void looksAtATaskAfterAFifthOfItsAge(@ForAll @LongRange(max = 1_000_000) long age) {
        // Given
        Run run = RunExamples.run(new RunState.Submitted(NOON, "task-1"));
        Instant now = NOON.plusSeconds(age);

        // When
        Duration pause = Duration.between(now, pace.next(run, now));

        // Then
        long fifth = Math.max(SHORTEST.toSeconds(), Math.min(LONGEST.toSeconds(), age / 5));
        assertThat(pause.toSeconds()).isBetween(fifth, (long) Math.ceil((fifth + 1) * 1.2));
    }

    @Test
    void waitsLongerAfterEverySetback() {
        // Given
        Run run = RunExamples.run(new RunState.Planned(NOON));

        // When
        Duration first = Duration.between(NOON, pace.next(run.setBack("down", null), NOON));
        Duration fourth = Duration.between(
                NOON,
                pace.next(
                        run.setBack("down", null)
                                .setBack("down", null)
                                .setBack("down", null)
                                .setBack("down", null),
                        NOON));

        // Then
        assertThat(fourth).isGreaterThan(first.multipliedBy(4));
    }

    @Test
    void leavesAnEndedRunAloneOnceItsEventsAreSent() {
        // Given
        Run ended = RunExamples.run(new RunState.Available(NOON, "task-1", NOON, RunExamples.COUNTS, null));
        Run unsent = ended.announcing(sluice.platform.event.CloudEvent.of(
                sluice.platform.event.EventType.RUN_AVAILABLE,
                "id",
                "/sluice/test/poll",
                "main/wikipedia",
                NOON,
                null));

        // When
        Instant due = pace.next(ended, NOON);

        // Then
        assertThat(due).isNull();
        assertThat(pace.next(unsent, NOON)).isEqualTo(NOON.plusSeconds(5));
    }

    @Test
    void spreadsRunsThatBeganTogether() {
        // Given
        Run run = RunExamples.run(new RunState.Submitted(NOON, "task-1"));

        // When
        Instant one = pace.next(run, NOON.plusSeconds(600));
        Instant other = pace.next(run.written(), NOON.plusSeconds(600));

        // Then
        assertThat(one).isNotEqualTo(other);
    }
}
