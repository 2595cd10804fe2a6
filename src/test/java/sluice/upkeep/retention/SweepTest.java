package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.upkeep.UpkeepFixture.day;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.core.batch.RunKind;
import sluice.govern.registry.DefinitionCatalog;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.druid.DruidException;
import sluice.platform.event.EventType;
import sluice.platform.state.Outbox;
import sluice.simulation.InMemoryEventBus.Fate;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.Lags;
import sluice.upkeep.UpkeepFixture;
import sluice.upkeep.retention.CategoryTotals.Category;
import sluice.upkeep.retention.SweepReport.Mode;
import sluice.upkeep.retention.SweepReport.Phase;

/** A datasource with two expired days, four days to keep, and one that was marked unused three days ago. */
class SweepTest {

    private static final SweepPermissions HALF = new SweepPermissions(0.5, null, false, false);

    private final UpkeepFixture fixture =
            new UpkeepFixture().define("wiki", List.of("main"), "retention: {keep: P7D, purgeAfter: P2D}");
    private final Sweep sweep = fixture.bean(Sweep.class);
    private final ReportStore store = fixture.bean(ReportStore.class);

    @BeforeEach
    void daysAreStored() {
        fixture.load(fixture.main(), "wiki", 10, 9, 8, 2, 1, 0, -1).markUnused(fixture.main(), "wiki", 10);
        fixture.clock().advance(Duration.ofDays(3));
    }

    @Test
    void aSweepMarksAndPlansKillRuns() {
        // When
        SweepReport report = run(SweepState.NEW, null).orElseThrow();

        // Then
        assertThat(report.mode()).isEqualTo(Mode.ACT);
        assertThat(report.phase()).isEqualTo(Phase.DONE);
        assertThat(report.found())
                .extracting(CategoryTotals::category)
                .containsExactly(Category.EXPIRED, Category.UNUSED, Category.PURGEABLE);
        assertThat(report.marked().segments()).isEqualTo(2);
        assertThat(report.keep()).isEqualTo("P7D");
        assertThat(report.purgeAfter()).isEqualTo("P2D");
        assertThat(report.wanted()).isNotNull();
        assertThat(report.advice()).isNotEmpty();
        assertThat(report.refusals()).isEmpty();
        assertThat(fixture.main().usedSegments("wiki")).hasSize(4);
        Run kill =
                fixture.bean(RunStore.class).find(report.kills().get(0).runId()).orElseThrow();
        assertThat(kill.kind()).isEqualTo(RunKind.KILL);
        assertThat(kill.state().label()).isEqualTo("Planned");
        assertThat(kill.chunks()).containsExactly(day(10));
        assertThat(store.find("main", "wiki", report.id())).contains(report);
        assertThat(fixture.eventTypes())
                .contains(EventType.RETENTION_SWEPT.wireName(), EventType.RUN_PLANNED.wireName());
    }

    @Test
    void aDryRunChangesNothingAndReports() {
        // When
        SweepReport report = run(SweepState.NEW, "only looking").orElseThrow();

        // Then
        assertThat(report.mode()).isEqualTo(Mode.DRY_RUN);
        assertThat(report.why()).isEqualTo("only looking");
        assertThat(report.marked().segments()).isEqualTo(2);
        assertThat(report.kills()).hasSize(1);
        assertThat(fixture.main().usedSegments("wiki")).hasSize(6);
        assertThat(fixture.bean(RunStore.class).find(report.kills().get(0).runId()))
                .isEmpty();
        assertThat(store.find("main", "wiki", report.id())).contains(report);
        assertThat(store.state("main", "wiki"))
                .isEqualTo(new SweepState(report.sweptAt(), "P7D, purged after P2D", null, null, Map.of()));
        assertThat(fixture.eventTypes()).containsExactly(EventType.RETENTION_SWEPT.wireName());
    }

    @Test
    void aPlanStoresNothing() {
        // When
        SweepReport report = sweep.dryRun(target(), HALF, SweepState.NEW);

        // Then
        assertThat(report.id()).isNull();
        assertThat(report.marked().segments()).isEqualTo(2);
        assertThat(fixture.main().usedSegments("wiki")).hasSize(6);
        assertThat(fixture.table().items()).isEmpty();
        assertThat(fixture.bus().taken()).isEmpty();
    }

    @Test
    void ofTwoSweepsThatReadTheSameStateOneActs() {
        // Given
        run(SweepState.NEW, "only looking");

        // When
        Optional<SweepReport> second = run(SweepState.NEW, null);

        // Then
        assertThat(second).isEmpty();
        assertThat(fixture.main().usedSegments("wiki")).hasSize(6);
    }

    @Test
    void aSweepThatDiesIsFinishedByTheNext() {
        // Given
        CallFault down = new CallFault.Refused(DruidException.Code.UNAVAILABLE);
        fixture.main().faults(CallFaults.once(DruidCall.MARK_UNUSED, down));
        assertThatThrownBy(() -> run(SweepState.NEW, null)).isInstanceOf(DruidException.class);
        SweepReport dead = fixture.bean(SweepReports.class)
                .page("main", "wiki", 1, null)
                .reports()
                .get(0);
        assertThat(dead.phase()).isEqualTo(Phase.ACTING);
        fixture.clock().advance(Duration.ofHours(2));

        // When: a dry run comes first
        run(store.state("main", "wiki"), "only looking");
        fixture.clock().advance(Duration.ofHours(2));
        SweepReport next = run(store.state("main", "wiki"), null).orElseThrow();

        // Then
        assertThat(next.finishes()).isEqualTo(dead.id());
        assertThat(next.marked().segments()).isEqualTo(2);
        assertThat(store.find("main", "wiki", dead.id()).orElseThrow().phase()).isEqualTo(Phase.INTERRUPTED);
        assertThat(store.state("main", "wiki").acting()).isNull();
        assertThat(fixture.main().usedSegments("wiki")).hasSize(4);
    }

    @Test
    void aVersionThatCameBackSinceTheBrokerLookedIsNotMarked() {
        // Given: a version hides another for a day. Then somebody marks it unused to have the older one back, and the
        // broker's
        // view is still of the time before
        fixture.load(fixture.main(), "wiki", 2);
        run(SweepState.NEW, "only looking");
        fixture.clock().advance(Duration.ofDays(1));
        fixture.main().lags(Lags.NONE.published(Duration.ofMinutes(1)).served(Duration.ofMinutes(1)));
        String newest = fixture.main().usedSegments("wiki").stream()
                .filter(id -> id.contains(day(2).start().toString().substring(0, 10)))
                .max(String::compareTo)
                .orElseThrow();
        fixture.main().segmentUsage().markUnused("wiki", List.of(newest));

        // When
        SweepReport report = run(store.state("main", "wiki"), null).orElseThrow();

        // Then
        assertThat(report.found()).extracting(CategoryTotals::category).contains(CategoryTotals.Category.OVERSHADOWED);
        assertThat(fixture.main().usedSegments("wiki"))
                .anyMatch(id -> id.contains(day(2).start().toString().substring(0, 10)));
    }

    @Test
    void aVersionIsNotPurgedWhileBrokersStillShowTheOneThatSomebodyHasJustMarkedUnused() {
        // Given: a version was marked unused long ago, because a newer one hides it
        String older = newestOfDay2();
        fixture.load(fixture.main(), "wiki", 2);
        fixture.main().segmentUsage().markUnused("wiki", List.of(older));
        fixture.clock().advance(Duration.ofDays(3));

        // When: somebody marks the newer one unused to have the older one back, and brokers do not show it yet
        fixture.main().lags(Lags.NONE.published(Duration.ofMinutes(1)).served(Duration.ofMinutes(1)));
        fixture.main().segmentUsage().markUnused("wiki", List.of(newestOfDay2()));
        SweepReport report = run(SweepState.NEW, null).orElseThrow();

        // Then
        assertThat(report.kills()).extracting(SweepReport.Kill::interval).doesNotContain(day(2).interval());
        assertThat(report.refusals()).extracting(Refusal::code).contains(Refusal.Code.UNDECIDED);
    }

    private String newestOfDay2() {
        return fixture.main().usedSegments("wiki").stream()
                .filter(id -> id.contains(day(2).start().toString().substring(0, 10) + "T00:00:00.000Z_"
                        + day(2).end().toString().substring(0, 10)))
                .max(String::compareTo)
                .orElseThrow();
    }

    @Test
    void anOrphanIsMarkedOnlyWithPermission() {
        // Given
        fixture.undefine("wiki");
        fixture.clock().advance(Duration.ofMinutes(1));

        // When
        SweepReport left = sweep.run(
                        target(),
                        new SweepPermissions(0.5, "not yet", false, false),
                        SweepState.NEW,
                        Optional::empty,
                        null)
                .orElseThrow();
        SweepState state = store.state("main", "wiki");
        fixture.clock().advance(Duration.ofHours(2));
        SweepReport taken =
                sweep.run(target(), HALF, state, Optional::empty, null).orElseThrow();

        // Then
        assertThat(left.marked()).isEqualTo(SegmentTotals.NONE);
        assertThat(left.refusals()).extracting(Refusal::message).contains("not yet");
        assertThat(left.wanted()).isNull();
        assertThat(left.advice()).isEmpty();
        assertThat(state.orphanSince()).isEqualTo(left.sweptAt());
        assertThat(store.state("main", "wiki").orphanSince())
                .as("the first time counts")
                .isEqualTo(left.sweptAt());
        assertThat(taken.marked().segments()).isEqualTo(6);
        assertThat(fixture.main().usedSegments("wiki")).isEmpty();
    }

    @Test
    void aRequestIsNamedInTheReport() {
        // When
        SweepReport report = sweep.run(
                        target(),
                        HALF,
                        SweepState.NEW,
                        Optional::empty,
                        new SweepRequest("alice", "disk is full", null, false, false, false))
                .orElseThrow();

        // Then
        assertThat(report.author()).isEqualTo("alice");
        assertThat(report.reason()).isEqualTo("disk is full");
    }

    @Test
    void anEventThatTheBusDoesNotTakeStaysInTheOutbox() {
        // Given
        fixture.bus().next(Fate.UNREACHED);
        run(SweepState.NEW, "only looking");
        assertThat(fixture.bus().taken()).isEmpty();
        fixture.clock().advance(Duration.ofMinutes(1));

        // When
        Instant now = fixture.clock().instant();
        fixture.bean(Outbox.class).handle(fixture.table().due(now, 10), now.plusSeconds(30));

        // Then
        assertThat(fixture.eventTypes()).containsExactly(EventType.RETENTION_SWEPT.wireName());
    }

    private Optional<SweepReport> run(SweepState state, String whyDryRun) {
        return sweep.run(target(), HALF, state, () -> Optional.ofNullable(whyDryRun), null);
    }

    private SweepTarget target() {
        return fixture.bean(SweepAuthorization.class)
                .target(fixture.bean(DefinitionCatalog.class).fresh(), fixture.main(), "wiki");
    }
}
