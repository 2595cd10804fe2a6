package sluice.simulation.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static sluice.simulation.druid.DruidFixture.DAY;
import static sluice.simulation.druid.DruidFixture.WIKI;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.SubmitAnswer;

class CallFaultsTest {

    private final DruidFixture fixture = new DruidFixture().object("a", 3);
    private final InMemoryDruid druid = fixture.druid;
    private final String task = TaskJson.replace(WIKI, DAY, "a").toString();

    @Test
    void aRefusedCallHasNoEffect() {
        // Given
        druid.faults(CallFaults.once(DruidCall.SUBMIT, new CallFault.Refused(DruidException.Code.UNAVAILABLE)));

        // When
        Throwable failure = catchThrowable(() -> druid.tasks().submit("t1", task));

        // Then
        assertThat(failure).isInstanceOfSatisfying(DruidException.class, exception -> assertThat(exception.code())
                .isEqualTo(DruidException.Code.UNAVAILABLE));
        assertThat(druid.tasks().statuses(List.of("t1"))).isEmpty();
    }

    @Test
    void aLostAnswerLeavesItsEffect() {
        // Given
        druid.faults(CallFaults.once(DruidCall.SUBMIT, new CallFault.AnswerLost(DruidException.Code.TIMED_OUT)));

        // When
        Throwable failure = catchThrowable(() -> druid.tasks().submit("t1", task));

        // Then
        assertThat(failure).isInstanceOf(DruidException.class);
        assertThat(druid.tasks().submit("t1", task)).isEqualTo(new SubmitAnswer.AlreadyExists("t1"));
    }

    @Test
    void aRepeatedCallGetsTheAnswerToTheSecond() {
        // Given
        druid.faults(CallFaults.once(DruidCall.SUBMIT, new CallFault.Repeated()));

        // When
        SubmitAnswer answer = druid.tasks().submit("t1", task);

        // Then
        assertThat(answer).isEqualTo(new SubmitAnswer.AlreadyExists("t1"));
    }

    @Test
    void aHungCallCostsTheCallerItsPatience() {
        // Given
        Instant before = fixture.clock.instant();
        druid.passing(fixture.clock::advance);
        druid.faults(CallFaults.once(DruidCall.STATUSES, new CallFault.Hangs(Duration.ofSeconds(20), false)));

        // When
        Throwable failure = catchThrowable(() -> druid.tasks().statuses(List.of("t1")));

        // Then
        assertThat(failure).isInstanceOfSatisfying(DruidException.class, exception -> assertThat(exception.code())
                .isEqualTo(DruidException.Code.TIMED_OUT));
        assertThat(Duration.between(before, fixture.clock.instant())).isEqualTo(Duration.ofSeconds(20));
    }
}
