package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.UpkeepFixture.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.platform.event.CloudEvent;
import sluice.platform.state.Key;
import sluice.simulation.TableCall;
import sluice.upkeep.UpkeepFixture;
import sluice.upkeep.retention.SweepReport.Mode;
import sluice.upkeep.retention.SweepReport.Phase;

class ReportStoreTest {

    private final UpkeepFixture fixture = new UpkeepFixture();
    private final ReportStore store = fixture.bean(ReportStore.class);

    @Test
    void aDatasourceThatWasNeverSweptHasNoState() {
        assertThat(store.state("main", "wiki")).isEqualTo(SweepState.NEW);
        assertThat(store.find("main", "wiki", Reports.id(1))).isEmpty();
    }

    @Test
    void aSweepThatBeginsLeavesItsReportAndState() {
        // Given
        SweepReport report = report(1, Phase.ACTING);

        // When
        boolean mayAct = store.begin(report, acting(report), SweepState.NEW);

        // Then
        assertThat(mayAct).isTrue();
        assertThat(store.find("main", "wiki", report.id())).contains(report);
        assertThat(store.state("main", "wiki")).isEqualTo(acting(report));
    }

    @Test
    void ofTwoSweepsThatReadTheSameStateOneBegins() {
        // Given
        SweepReport first = report(1, Phase.ACTING);
        SweepReport second = report(2, Phase.ACTING);
        store.begin(first, acting(first), SweepState.NEW);

        // When
        boolean mayAct = store.begin(second, acting(second), SweepState.NEW);

        // Then
        assertThat(mayAct).isFalse();
        assertThat(store.find("main", "wiki", second.id())).isEmpty();
        assertThat(store.state("main", "wiki")).isEqualTo(acting(first));
    }

    @Test
    void aLaterSweepContinuesFromTheStateThatItRead() {
        // Given
        SweepReport first = report(1, Phase.ACTING);
        SweepReport second = report(2, Phase.ACTING);
        store.begin(first, acting(first), SweepState.NEW);

        // When
        boolean mayAct = store.begin(second, acting(second), acting(first));

        // Then
        assertThat(mayAct).isTrue();
        assertThat(store.state("main", "wiki")).isEqualTo(acting(second));
    }

    @Test
    void aSweepThatMeetsAnotherWriteDoesNotBegin() {
        // Given
        SweepReport report = report(1, Phase.ACTING);
        fixture.failures().conflict(call -> call.kind() == TableCall.Kind.TRANSACT);

        // When
        boolean mayAct = store.begin(report, acting(report), SweepState.NEW);

        // Then
        assertThat(mayAct).isFalse();
        assertThat(fixture.table().items()).isEmpty();
    }

    @Test
    void aSweepThatHasActedIsDoneAndItsEventWaits() {
        // Given
        SweepReport acting = report(1, Phase.ACTING);
        store.begin(acting, acting(acting), SweepState.NEW);
        SweepReport done = acting.in(Phase.DONE);
        CloudEvent event = event(done);

        // When
        store.acted(done, event);

        // Then
        assertThat(store.find("main", "wiki", done.id())).contains(done);
        assertThat(store.state("main", "wiki").acting()).isNull();
        assertThat(store.state("main", "wiki").lastSweptAt()).isEqualTo(done.sweptAt());
        assertThat(fixture.table().get(Key.outbox(event.id()))).isPresent();
    }

    @Test
    void aSweepThatActsWhileAnotherBeginsLeavesTheOthersState() {
        // Given
        SweepReport slow = report(1, Phase.ACTING);
        SweepReport other = report(2, Phase.ACTING);
        store.begin(slow, acting(slow), SweepState.NEW);
        store.begin(other, acting(other), acting(slow));
        CloudEvent event = event(slow);

        // When
        store.acted(slow.in(Phase.DONE), event);

        // Then
        assertThat(store.find("main", "wiki", slow.id())).contains(slow.in(Phase.DONE));
        assertThat(store.state("main", "wiki")).isEqualTo(acting(other));
        assertThat(fixture.table().get(Key.outbox(event.id()))).isPresent();
    }

    @Test
    void aDryRunIsStoredWithItsEvent() {
        // Given
        SweepReport report = Reports.report("main", 1, NOW, Mode.DRY_RUN, Phase.DONE);
        SweepState next = new SweepState(NOW, "policy", NOW, null, Map.of());
        CloudEvent event = event(report);

        // When
        boolean isFirst = store.dryRun(report, next, SweepState.NEW, event);
        boolean isSecond =
                store.dryRun(Reports.report("main", 2, NOW, Mode.DRY_RUN, Phase.DONE), next, SweepState.NEW, event);

        // Then
        assertThat(isFirst).isTrue();
        assertThat(isSecond).isFalse();
        assertThat(store.state("main", "wiki")).isEqualTo(next);
        assertThat(fixture.table().get(Key.outbox(event.id()))).isPresent();
    }

    @Test
    void onlyASweepThatIsNotDoneCanBeInterrupted() {
        // Given
        SweepReport dead = report(1, Phase.ACTING);
        SweepReport slow = report(2, Phase.ACTING);
        store.begin(dead, acting(dead), SweepState.NEW);
        store.begin(slow, acting(slow), acting(dead));
        store.acted(slow.in(Phase.DONE), event(slow));

        // When
        store.interrupted(dead);
        store.interrupted(slow);

        // Then
        assertThat(store.find("main", "wiki", dead.id())).contains(dead.in(Phase.INTERRUPTED));
        assertThat(store.find("main", "wiki", slow.id())).contains(slow.in(Phase.DONE));
    }

    @Test
    void reportsAreKeptForTheirTime() {
        // Given
        SweepReport report = report(1, Phase.ACTING);
        store.begin(report, acting(report), SweepState.NEW);

        // When
        fixture.clock().advance(Duration.ofDays(403));

        // Then
        assertThat(store.find("main", "wiki", report.id())).isEmpty();
    }

    private static SweepReport report(int number, Phase phase) {
        Instant sweptAt = NOW.plusSeconds(number);
        return Reports.report("main", number, sweptAt, Mode.ACT, phase);
    }

    private static SweepState acting(SweepReport report) {
        return new SweepState(report.sweptAt(), "policy", null, report.id(), Map.of());
    }

    private CloudEvent event(SweepReport report) {
        return fixture.bean(SweptEvents.class).of(report);
    }
}
