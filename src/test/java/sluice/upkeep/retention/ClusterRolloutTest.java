package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.UpkeepFixture.NOW;
import static sluice.upkeep.UpkeepFixture.day;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sluice.core.batch.DefinitionSnapshot;
import sluice.core.batch.RunKind;
import sluice.core.definition.Span;
import sluice.govern.registry.DefinitionCatalog;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.upkeep.UpkeepFixture;
import sluice.upkeep.UpkeepRuns;
import sluice.upkeep.retention.SweepReport.Mode;
import sluice.upkeep.retention.SweepReport.Phase;

class ClusterRolloutTest {

    private static final RetentionPolicy POLICY =
            new RetentionPolicy(new Span("P7D"), new Span("P2D"), false, false, List.of(), "hash");

    private final UpkeepFixture fixture = new UpkeepFixture().define("wiki", List.of("main", "second"));
    private final DefinitionSnapshot definitions =
            fixture.bean(DefinitionCatalog.class).fresh();

    @Test
    void clustersAreInTheOrderOfTheDefinition() {
        assertThat(ClusterRollout.position(definitions, "main", "wiki")).isZero();
        assertThat(ClusterRollout.position(definitions, "second", "wiki")).isEqualTo(1);
        assertThat(ClusterRollout.position(definitions, "other", "wiki")).isZero();
        assertThat(ClusterRollout.position(definitions, "second", "orphan")).isZero();
    }

    @Test
    void theFirstClusterWaitsForNobody() {
        assertThat(waitsFor("main", POLICY, SweepState.NEW)).isEmpty();
    }

    @Test
    void theSecondClusterWaitsForASweepOfTheFirst() {
        assertThat(waitsFor("second", POLICY, SweepState.NEW)).hasValueSatisfying(reason -> assertThat(reason)
                .contains("cluster main comes first", "no sweep has acted"));
    }

    @Test
    void aDryRunAndASweepThatIsNotDoneDoNotCount() {
        // Given
        store(Reports.report("main", 1, NOW, Mode.DRY_RUN, Phase.DONE));
        store(Reports.report("main", 2, NOW.plusSeconds(1), Mode.ACT, Phase.ACTING));

        // Then
        assertThat(waitsFor("second", POLICY, SweepState.NEW)).isPresent();
    }

    @Test
    void aSweepUnderAnotherPolicyDoesNotCount() {
        // Given
        store(Reports.report("main", 1, NOW, Mode.ACT, Phase.DONE));
        RetentionPolicy otherKeep =
                new RetentionPolicy(new Span("P6D"), new Span("P2D"), false, false, List.of(), "hash");
        RetentionPolicy otherPurge = new RetentionPolicy(new Span("P7D"), null, false, false, List.of(), "hash");

        // Then
        assertThat(waitsFor("second", otherKeep, SweepState.NEW)).isPresent();
        assertThat(waitsFor("second", otherPurge, SweepState.NEW)).isPresent();
        assertThat(waitsFor("second", POLICY, SweepState.NEW)).isEmpty();
    }

    @Test
    void theFirstClusterHasToBeSweptAgainBeforeTheSecondIs() {
        // Given
        store(Reports.report("main", 1, NOW, Mode.ACT, Phase.DONE));

        // Then
        assertThat(waitsFor("second", POLICY, sweptAt(NOW.minusSeconds(1)))).isEmpty();
        assertThat(waitsFor("second", POLICY, sweptAt(NOW))).isPresent();
        assertThat(waitsFor("second", POLICY, sweptAt(NOW.plusSeconds(1)))).isPresent();
    }

    @Test
    void theSecondClusterWaitsUntilTheKillRunsAreProven() {
        // Given: an earlier sweep planned the run, a later one planned none
        store(Reports.report("main", 1, NOW, Mode.ACT, Phase.DONE, "expired-run", "kill-run"));
        store(Reports.report("main", 2, NOW.plusSeconds(1), Mode.ACT, Phase.DONE));
        RunStore runs = fixture.bean(RunStore.class);
        Run planned = runs.save(UpkeepRuns.planned("kill-run", "main", RunKind.KILL, day(9)));

        // When
        Optional<String> before = waitsFor("second", POLICY, SweepState.NEW);
        runs.save(UpkeepRuns.available(planned));
        Optional<String> after = waitsFor("second", POLICY, SweepState.NEW);

        // Then
        assertThat(before).hasValueSatisfying(reason -> assertThat(reason).contains("kill run kill-run is not proven"));
        assertThat(after).isEmpty();
    }

    private Optional<String> waitsFor(String cluster, RetentionPolicy policy, SweepState state) {
        return waitsFor(cluster, policy, state, Set.of("wiki"));
    }

    /** @param ofMain the datasources of the first cluster */
    private Optional<String> waitsFor(String cluster, RetentionPolicy policy, SweepState state, Set<String> ofMain) {
        SweepInventory inventory =
                new SweepInventory(Set.of("main", "second"), Map.of("main", ofMain, "second", Set.of("wiki")));
        return fixture.bean(ClusterRollout.class).waitsFor(definitions, cluster, "wiki", policy, state, inventory);
    }

    @Test
    void aClusterThatLostTheDatasourceLatelyIsNotPassedOver() {
        // Given: sweeps of main have deleted everything
        store(Reports.report("main", 1, NOW, Mode.ACT, Phase.DONE));
        SweepState state = sweptAt(NOW.plusSeconds(1));

        // When
        Optional<String> soon = waitsFor("second", POLICY, state, Set.of());
        fixture.clock().advance(Duration.ofDays(8));
        Optional<String> aWeekLater = waitsFor("second", POLICY, state, Set.of());

        // Then
        assertThat(soon).isPresent();
        assertThat(aWeekLater).isEmpty();
    }

    private static SweepState sweptAt(Instant time) {
        return new SweepState(time, POLICY.text(), null, null, Map.of());
    }

    private void store(SweepReport report) {
        ReportStore store = fixture.bean(ReportStore.class);
        store.begin(
                report,
                new SweepState(report.sweptAt(), POLICY.text(), null, null, Map.of()),
                store.state(report.cluster(), "wiki"));
    }
}
