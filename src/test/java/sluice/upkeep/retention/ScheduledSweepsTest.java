package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.UpkeepFixture.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.core.batch.DefinitionSnapshot;
import sluice.govern.registry.DefinitionCatalog;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.druid.DruidException;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventType;
import sluice.platform.metric.Metric;
import sluice.platform.metric.Metrics;
import sluice.simulation.TableCall;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;
import sluice.upkeep.UpkeepFixture;
import sluice.upkeep.UpkeepRuns;
import sluice.upkeep.retention.SweepReport.Mode;

class ScheduledSweepsTest {

    private static final String KEEP_A_WEEK = "retention: {keep: P7D, purgeAfter: P2D}";
    private static final CallFault DOWN = new CallFault.Refused(DruidException.Code.UNAVAILABLE);

    private final UpkeepFixture fixture = new UpkeepFixture();

    @Test
    void withoutDatasourcesThereIsNothingToDo() {
        assertThat(sweepAll()).isZero();
    }

    @Test
    void theFirstSweepIsADryRunAndTheSecondActs() {
        // Given
        fixture.define("wiki", List.of("main"), KEEP_A_WEEK).load(fixture.main(), "wiki", 9, 1, 0);

        // When
        int first = sweepAll();
        int second = nextDay();

        // Then
        assertThat(first).isEqualTo(1);
        assertThat(second).isEqualTo(1);
        List<SweepReport> reports = reports("main", "wiki");
        assertThat(reports).extracting(SweepReport::mode).containsExactly(Mode.ACT, Mode.DRY_RUN);
        assertThat(reports.get(1).why()).contains("first sweep of a datasource");
        assertThat(fixture.main().usedSegments("wiki")).hasSize(2);
    }

    @Test
    void theFirstSweepUnderAnotherPolicyIsADryRun() {
        // Given
        fixture.define("wiki", List.of("main"), KEEP_A_WEEK).load(fixture.main(), "wiki", 1, 0);
        sweepAll();
        nextDay();
        fixture.define("wiki", List.of("main"), "retention: {keep: P6D, purgeAfter: P2D}");

        // When
        nextDay();

        // Then
        SweepReport report = reports("main", "wiki").get(0);
        assertThat(report.mode()).isEqualTo(Mode.DRY_RUN);
        assertThat(report.why()).contains("another policy", "P7D, purged after P2D");
    }

    @Test
    void theAgeOfTheLastSweepIsMeasuredUntilASweepSucceeds() {
        // Given
        fixture.load(fixture.main(), "wiki", 0);
        sweepAll();
        fixture.clock().advance(Duration.ofDays(4));

        // When
        sweepAll();
        fixture.bean(Metrics.class).flush();

        // Then
        assertThat(fixture.metrics().values(Metric.LAST_SWEEP_AGE))
                .containsExactly(Duration.ofDays(4).toSeconds());
    }

    @Test
    void aScheduleThatFiresTwiceSweepsOnce() {
        // Given
        fixture.load(fixture.main(), "wiki", 0);
        sweepAll();
        fixture.clock().advance(Duration.ofMinutes(59));

        // When
        int again = sweepAll();
        fixture.clock().advance(Duration.ofMinutes(1));
        int later = sweepAll();

        // Then
        assertThat(again).isZero();
        assertThat(later).isEqualTo(1);
    }

    @Test
    void theSecondClusterActsAfterTheFirstHasProvenItsPart() {
        // Given: two days later the first cluster purges a day; another day later the second has an expired one
        fixture.define("wiki", List.of("main", "second"), KEEP_A_WEEK);
        fixture.load(fixture.main(), "wiki", 10, 1, 0, -1).markUnused(fixture.main(), "wiki", 10);
        fixture.load(fixture.second(), "wiki", 5, 1, 0, -1);
        sweepAll();
        nextDay();
        nextDay();
        String killRun = reports("main", "wiki").get(0).kills().get(0).runId();
        String waiting = reports("second", "wiki").get(0).why();
        RunStore runs = fixture.bean(RunStore.class);
        Run planned = runs.find(killRun).orElseThrow();
        fixture.main().tasks().submit("kill", runs.plan(planned).spec().toString());
        fixture.main().settle();
        runs.save(UpkeepRuns.available(planned));

        // When
        nextDay();

        // Then
        assertThat(waiting).contains("cluster main comes first", "kill run " + killRun);
        SweepReport report = reports("second", "wiki").get(0);
        assertThat(report.mode()).isEqualTo(Mode.ACT);
        assertThat(report.marked().segments()).isEqualTo(1);
        assertThat(fixture.second().usedSegments("wiki")).hasSize(3);
    }

    @Test
    void aClusterThatGivesNoAnswerDoesNotBlockTheOthers() {
        // Given
        fixture.load(fixture.main(), "wiki", 0).load(fixture.second(), "wiki", 0);
        fixture.main().faults((call, subject) -> call == DruidCall.DATASOURCES ? Optional.of(DOWN) : Optional.empty());

        // When
        int swept = sweepAll();

        // Then
        assertThat(swept).isEqualTo(1);
        assertThat(reports("second", "wiki")).hasSize(1);
    }

    @Test
    void aSweepThatFailsDoesNotBlockTheOthers() {
        // Given
        fixture.load(fixture.main(), "a_wiki", 0).load(fixture.main(), "wiki", 0);
        fixture.main().faults((call, subject) -> subject.equals("a_wiki") ? Optional.of(DOWN) : Optional.empty());

        // When
        int swept = sweepAll();

        // Then
        assertThat(swept).isEqualTo(1);
        assertThat(reports("main", "wiki")).hasSize(1);
    }

    @Test
    void aSweepThatTimesOutSaysSoInAReportAndAnEvent() {
        // Given: a good sweep, and then a broker that takes too long for a page of segments
        fixture.define("wiki", List.of("main"), KEEP_A_WEEK).load(fixture.main(), "wiki", 9, 1, 0);
        sweepAll();
        fixture.main()
                .faults((call, subject) -> call == DruidCall.SEGMENT_TABLE
                        ? Optional.of(new CallFault.Refused(DruidException.Code.TIMED_OUT))
                        : Optional.empty());

        // When
        int swept = nextDay();

        // Then
        assertThat(swept).isZero();
        SweepReport report = reports("main", "wiki").get(0);
        assertThat(report.mode()).isEqualTo(Mode.DRY_RUN);
        assertThat(report.why()).isEqualTo("the sweep failed");
        assertThat(report.failure()).contains("the last good sweep was at " + NOW);
        assertThat(report.keep()).isEqualTo("P7D");
        CloudEvent event = fixture.bus().taken().get(fixture.bus().taken().size() - 1);
        assertThat(event.type()).isEqualTo(EventType.RETENTION_SWEPT.wireName());
        assertThat(event.data().path("failure").asText()).isEqualTo(report.failure());

        // When: the broker is well again
        fixture.main().faults(CallFaults.NONE);
        nextDay();

        // Then
        assertThat(reports("main", "wiki").get(0).mode()).isEqualTo(Mode.ACT);
        assertThat(reports("main", "wiki").get(0).failure()).isNull();
    }

    @Test
    void theAgeOfADatasourceWhoseSweepsAlwaysFailIsMeasured() {
        // Given
        fixture.load(fixture.main(), "wiki", 0);
        fixture.main().faults((call, subject) -> subject.equals("wiki") ? Optional.of(DOWN) : Optional.empty());
        sweepAll();
        nextDay();

        // When
        nextDay();
        fixture.bean(Metrics.class).flush();

        // Then
        assertThat(fixture.metrics().values(Metric.LAST_SWEEP_AGE))
                .last()
                .isEqualTo(Duration.ofDays(2).toSeconds());
        assertThat(reports("main", "wiki").get(0).failure()).contains("no sweep has succeeded yet");
    }

    @Test
    void datasourcesThatAlwaysFailDoNotKeepTheOthersFromTheirTurn() {
        // Given: a sweep of this one fails and uses the whole time up
        UpkeepFixture slow = new UpkeepFixture(Map.of("sluice.retention.time-limit", "PT1S"));
        slow.load(slow.main(), "a_wiki", 0).load(slow.main(), "wiki", 0);
        slow.main().faults((call, subject) -> {
            if (!subject.equals("a_wiki")) {
                return Optional.empty();
            }
            slow.clock().advance(Duration.ofMinutes(10));
            return Optional.of(DOWN);
        });
        slow.bean(ScheduledSweeps.class).run();
        slow.clock().advance(Duration.ofHours(2));

        // When
        int second = slow.bean(ScheduledSweeps.class).run();

        // Then
        assertThat(second).isEqualTo(1);
        assertThat(slow.bean(SweepReports.class).page("main", "wiki", 5, null).reports())
                .hasSize(1);
    }

    @Test
    void aDefinitionThatChangesWhileTheSweepLooksIsNotActedUpon() {
        // Given: somebody corrects keep while the sweep reads the segments
        fixture.define("wiki", List.of("main"), KEEP_A_WEEK).load(fixture.main(), "wiki", 9, 1, 0);
        sweepAll();
        fixture.main().faults((call, subject) -> {
            if (call == DruidCall.RULES) {
                fixture.define("wiki", List.of("main"), "retention: {keep: P30D, purgeAfter: P2D}");
                fixture.clock().advance(Duration.ofMinutes(5));
            }
            return Optional.empty();
        });

        // When
        nextDay();

        // Then
        assertThat(fixture.main().usedSegments("wiki")).hasSize(3);
        assertThat(reports("main", "wiki").get(0).why())
                .contains("the definition changed while the sweep looked at the segments");
    }

    @Test
    void aClusterThatHasNoSuchDatasourceIsNotWaitedFor() {
        // Given
        fixture.define("wiki", List.of("main", "second"), KEEP_A_WEEK);
        fixture.load(fixture.second(), "wiki", 9, 1, 0);
        sweepAll();

        // When
        nextDay();

        // Then
        assertThat(reports("second", "wiki").get(0).mode()).isEqualTo(Mode.ACT);
        assertThat(fixture.second().usedSegments("wiki")).hasSize(2);
    }

    @Test
    void aClusterThatGivesNoAnswerIsWaitedFor() {
        // Given
        fixture.define("wiki", List.of("main", "second"), KEEP_A_WEEK);
        fixture.load(fixture.second(), "wiki", 9, 1, 0);
        fixture.main().faults((call, subject) -> Optional.of(DOWN));
        sweepAll();

        // When
        nextDay();

        // Then
        assertThat(reports("second", "wiki").get(0).why()).contains("cluster main comes first");
        assertThat(fixture.second().usedSegments("wiki")).hasSize(3);
    }

    @Test
    void aStateTableThatFailsOnceFailsOneSweep() {
        // Given
        fixture.load(fixture.main(), "a_wiki", 0).load(fixture.main(), "wiki", 0);
        fixture.failures().throttle(call -> call.kind() == TableCall.Kind.TRANSACT);

        // When
        int swept = sweepAll();

        // Then
        assertThat(swept).isEqualTo(1);
        assertThat(reports("main", "a_wiki")).extracting(SweepReport::failure).doesNotContainNull();
    }

    @Test
    void aSweepThatAnotherHasBegunIsNotCounted() {
        // Given
        fixture.load(fixture.main(), "wiki", 0);
        fixture.failures().conflict(call -> call.kind() == TableCall.Kind.TRANSACT);

        // Then
        assertThat(sweepAll()).isZero();
    }

    @Test
    void afterTheTimeLimitTheRestIsLeftForTheNextInvocation() {
        // Given: each sweep takes more than the limit
        UpkeepFixture slow = new UpkeepFixture(Map.of("sluice.retention.time-limit", "PT1S"));
        slow.load(slow.main(), "wiki", 0).load(slow.main(), "a_wiki", 0).load(slow.main(), "z_wiki", 0);
        List<String> order = new ArrayList<>();
        slow.main().faults((call, subject) -> {
            if (call == DruidCall.RULES) {
                order.add(subject);
                slow.clock().advance(Duration.ofMinutes(10));
            }
            return Optional.empty();
        });

        // When
        int first = slow.bean(ScheduledSweeps.class).run();
        slow.clock().advance(Duration.ofHours(2));
        int second = slow.bean(ScheduledSweeps.class).run();

        // Then
        assertThat(first).isEqualTo(1);
        assertThat(second).isEqualTo(1);
        assertThat(order).containsExactly("a_wiki", "wiki");
    }

    @Test
    void datasourcesThatHaveWaitedLongestComeFirst() {
        // Given
        fixture.define("wiki", List.of("second", "main"));
        DefinitionSnapshot definitions = fixture.bean(DefinitionCatalog.class).fresh();
        SweepCandidate fresh = candidate("main", "a", NOW);
        SweepCandidate never = candidate("main", "orphan", null);
        SweepCandidate wikiOnMain = candidate("main", "wiki", NOW.minusSeconds(60));
        SweepCandidate wikiOnSecond = candidate("second", "wiki", NOW.minusSeconds(10));
        List<SweepCandidate> candidates = List.of(fresh, wikiOnMain, never, wikiOnSecond);

        // When
        List<SweepCandidate> sorted = candidates.stream()
                .sorted(SweepCandidates.order(definitions, candidates))
                .toList();

        // Then
        assertThat(sorted).containsExactly(never, wikiOnSecond, wikiOnMain, fresh);
    }

    private SweepCandidate candidate(String cluster, String datasource, Instant lastSweptAt) {
        return new SweepCandidate(
                fixture.clusters().find(cluster).orElseThrow(),
                datasource,
                new SweepState(lastSweptAt, null, null, null, Map.of()),
                null);
    }

    private int sweepAll() {
        return fixture.bean(ScheduledSweeps.class).run();
    }

    private int nextDay() {
        fixture.clock().advance(Duration.ofDays(1));
        return sweepAll();
    }

    private List<SweepReport> reports(String cluster, String datasource) {
        return fixture.bean(SweepReports.class)
                .page(cluster, datasource, 10, null)
                .reports();
    }
}
