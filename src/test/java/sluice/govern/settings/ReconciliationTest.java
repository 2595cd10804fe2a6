package sluice.govern.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.core.definition.Definition;
import sluice.core.plan.SettingChange;
import sluice.govern.GovernWorld;
import sluice.govern.settings.Reconciliation.OnCluster;
import sluice.govern.settings.Reconciliation.Phase;
import sluice.govern.settings.Reconciliation.Watched;
import sluice.govern.settings.ReconciliationStore.Stored;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.SupervisorStatus;
import sluice.platform.metric.Metric;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.Fate;
import sluice.simulation.druid.InputRows;

class ReconciliationTest {

    private static final String STREAM =
            "stream: [{type: kafka, topic: wiki, consumerProperties: {bootstrap.servers: \"localhost:9092\"}}]";
    private static final String TWO_STREAMS = STREAM.replace(
            "]",
            ", {type: kafka, id: wiki-old, topic: old, consumerProperties: {bootstrap.servers:"
                    + " \"localhost:9092\"}}]");
    private static final String RETENTION = "retention: {keep: P365D}";
    private static final String COMPACTION = "compaction: {engine: native}";
    private static final String ALL = GovernWorld.text("wiki", STREAM, RETENTION, COMPACTION);
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration NEXT_CHECK = Duration.ofMinutes(16);
    private static final SupervisorStatus CONNECTING =
            new SupervisorStatus("PENDING", "CONNECTING_TO_STREAM", true, List.of());
    private static final SupervisorStatus ILL =
            new SupervisorStatus("UNHEALTHY_SUPERVISOR", "UNABLE_TO_CONNECT_TO_STREAM", false, List.of("no broker"));
    private static final SupervisorStatus RUNNING = new SupervisorStatus("RUNNING", "RUNNING", true, List.of());

    private final GovernWorld world = new GovernWorld();
    private final Reconciliations reconciliations = world.bean(Reconciliations.class);

    @Test
    void aTickPostsWhatANewVersionWants() {
        // Given
        world.apply(ALL);

        // When
        world.tickAfter(SOON);

        // Then
        assertThat(current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(main().changes())
                .extracting(SettingChange::summary)
                .containsExactly("create rules wiki", "create compaction wiki", "create supervisor wiki");
        assertThat(main().compaction()).isEqualTo("coordinator");
        assertThat(main().supervisors()).extracting(Watched::state).containsExactly(Watched.State.RUNNING);
        assertThat(world.druid().settings().supervisor("wiki")).isPresent();
        assertThat(world.druid().settings().compaction("wiki")).isPresent();
        assertThat(world.druid().settings().rules("wiki")).isNotEmpty();
        assertThat(world.events("sluice.definition.aligned")).hasSize(1);
    }

    @Test
    void anAttemptPostsAtOnce() {
        // Given
        world.apply(ALL);

        // When
        Reconciliation attempted = reconciliations.attempt("wiki").orElseThrow();

        // Then
        assertThat(attempted.phase()).isEqualTo(Phase.ALIGNED);
        assertThat(world.druid().settings().supervisor("wiki")).isPresent();
    }

    @Test
    void anAttemptForAnUnknownDatasourceFindsNothing() {
        assertThat(reconciliations.attempt("nobody")).isEmpty();
    }

    @Test
    void aDefinitionWithoutSettingsEndsSilently() {
        // Given
        world.apply(GovernWorld.text("wiki"));

        // When
        world.tickAfter(SOON);

        // Then
        assertThat(current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(current().clusters()).isEmpty();
        assertThat(world.events("sluice.definition.aligned")).isEmpty();
    }

    @Test
    void rulesStayWhereTheClustersOwnWouldEmptyTheDatasource() {
        // Given: the cluster drops what is older than a day, and this datasource has a day that is
        aligned(GovernWorld.text("wiki", RETENTION));
        world.upload("wiki", "2025-12-01", "a.json", 10).settle();
        ArrayNode rules = JsonNodeFactory.instance.arrayNode();
        rules.addObject().put("type", "loadByPeriod").put("period", "P1D");
        rules.addObject().put("type", "dropForever");
        world.druid().clusterRules(rules);
        ArrayNode before = world.druid().settings().rules("wiki");

        // When: the definition loses its retention
        Definition without = world.read(GovernWorld.text("wiki"));
        List<SettingChange> planned = reconciliations.plan(world.druid(), without);
        world.apply(GovernWorld.text("wiki"));
        world.tickAfter(SOON);

        // Then
        assertThat(planned)
                .extracting(SettingChange::note)
                .singleElement()
                .asString()
                .contains("will not be posted", "would drop 100 %", "by the cluster's own rules");
        assertThat(current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(main().problems()).singleElement().asString().contains("would drop 100 %");
        assertThat(world.druid().settings().rules("wiki")).isEqualTo(before);
    }

    @Test
    void rulesAreRemovedWhereNothingIsLost() {
        // Given
        aligned(GovernWorld.text("wiki", RETENTION));
        world.upload("wiki", "2025-12-01", "a.json", 10).settle();

        // When
        world.apply(GovernWorld.text("wiki"));
        world.tickAfter(SOON);

        // Then
        assertThat(current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(world.druid().settings().rules("wiki")).isEmpty();
    }

    @Test
    void driftIsReportedOnceAndNothingIsChanged() {
        // Given
        aligned(ALL);
        world.druid().settings().deleteCompaction("wiki", "somebody", "");

        // When
        world.tickAfter(NEXT_CHECK).tickAfter(NEXT_CHECK);

        // Then
        assertThat(current().phase()).isEqualTo(Phase.DRIFTED);
        assertThat(main().changes())
                .filteredOn(SettingChange::changesCluster)
                .extracting(SettingChange::summary)
                .containsExactly("create compaction wiki");
        assertThat(world.druid().settings().compaction("wiki")).isEmpty();
        assertThat(world.events("sluice.definition.drifted")).hasSize(1);
    }

    @Test
    void applyingAgainRepairsDrift() {
        // Given
        aligned(ALL);
        world.druid().settings().deleteCompaction("wiki", "somebody", "");
        world.tickAfter(NEXT_CHECK);

        // When
        reconciliations.again(world.active("wiki"), "bob");
        world.tickAfter(SOON);

        // Then
        assertThat(current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(current().author()).isEqualTo("bob");
        assertThat(world.druid().settings().compaction("wiki")).isPresent();
    }

    @Test
    void driftThatSomebodyRepairsEnds() {
        // Given
        aligned(ALL);
        ArrayNode rules = world.druid().settings().rules("wiki");
        ArrayNode others = JsonNodeFactory.instance.arrayNode();
        others.addObject().put("type", "dropForever");
        world.druid().settings().postRules("wiki", others, "somebody", "");
        world.tickAfter(NEXT_CHECK);
        assertThat(current().phase()).isEqualTo(Phase.DRIFTED);
        world.druid().settings().postRules("wiki", rules, "somebody", "");

        // When
        world.tickAfter(NEXT_CHECK);

        // Then
        assertThat(current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(world.events("sluice.definition.aligned")).hasSize(2);
    }

    @Test
    void anUnchangedClusterStaysAlignedWithoutEvents() {
        // Given
        aligned(ALL);

        // When
        world.tickAfter(NEXT_CHECK);

        // Then
        assertThat(current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(world.events("sluice.definition.aligned")).hasSize(1);
    }

    @Test
    void anUnhealthySupervisorMisalignsUntilItRuns() {
        // Given
        world.druid().supervisorStatus("wiki", ILL);
        aligning(ALL);
        Reconciliation misaligned = current();
        world.druid().supervisorStatus("wiki", RUNNING);

        // When
        world.tickAfter(NEXT_CHECK);

        // Then
        assertThat(misaligned.phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(misaligned.clusters().get(0).supervisors())
                .extracting(Watched::reason)
                .containsExactly("it is UNHEALTHY_SUPERVISOR: no broker");
        assertThat(current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(world.events("sluice.definition.misaligned")).hasSize(1);
        assertThat(world.events("sluice.definition.aligned")).hasSize(1);
    }

    @Test
    void aSupervisorThatIsUnhealthyOrLagsIsMeasured() {
        // Given
        aligned(ALL);
        world.druid()
                .supervisorStatus("wiki", new SupervisorStatus("UNHEALTHY_TASKS", "RUNNING", false, List.of(), 5_000L));

        // When
        world.tickAfter(NEXT_CHECK);

        // Then
        assertThat(world.world().metrics().values(Metric.SUPERVISORS_UNHEALTHY)).containsExactly(1L);
        assertThat(world.world().metrics().values(Metric.SUPERVISOR_LAG)).containsExactly(5_000L);
        assertThat(world.world().metrics().values(Metric.DEFINITIONS_MISALIGNED))
                .containsExactly(1L);
    }

    @Test
    void aSupervisorThatFailsLaterMisaligns() {
        // Given
        aligned(ALL);
        world.druid().supervisorStatus("wiki", ILL);

        // When
        world.tickAfter(NEXT_CHECK);

        // Then
        assertThat(current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(world.events("sluice.definition.misaligned")).hasSize(1);
    }

    @Test
    void aMisalignedClusterThatDriftsStaysMisaligned() {
        // Given
        world.druid().supervisorStatus("wiki", ILL);
        aligning(ALL);
        world.druid().settings().deleteCompaction("wiki", "somebody", "");

        // When
        world.tickAfter(NEXT_CHECK);

        // Then
        assertThat(current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(world.events("sluice.definition.drifted")).isEmpty();
    }

    @Test
    void aSupervisorHasALimitedTimeToStart() {
        // Given
        world.druid().supervisorStatus("wiki", CONNECTING);
        aligning(ALL);
        Reconciliation starting = current();

        // When
        world.tickAfter(Duration.ofMinutes(6));

        // Then
        assertThat(starting.phase()).isEqualTo(Phase.STARTING);
        assertThat(current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(main().supervisors())
                .extracting(Watched::reason)
                .containsExactly("it still does not run after PT5M");
    }

    @Test
    void aSuspendedSupervisorIsNoProblem() {
        // Given
        world.druid().supervisorStatus("wiki", new SupervisorStatus("SUSPENDED", "SUSPENDED", true, List.of()));

        // When
        aligning(ALL);

        // Then
        assertThat(current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(main().supervisors()).extracting(Watched::state).containsExactly(Watched.State.SUSPENDED);
    }

    @Test
    void aSupervisorThatDisappearsWhileItStartsHasFailed() {
        // Given
        world.druid().supervisorStatus("wiki", CONNECTING);
        aligning(ALL);
        world.druid().settings().terminateSupervisor("wiki");

        // When
        world.tickAfter(SOON);

        // Then
        assertThat(main().supervisors()).extracting(Watched::state).containsExactly(Watched.State.FAILED);
    }

    @Test
    void aSupervisorWhoseTasksFailHasFailed() {
        // Given
        world.druid().fates(task -> Fate.FAILS);
        world.druid().supervisorStatus("wiki", CONNECTING);
        aligning(ALL);
        for (int number = 0; number < 3; number++) {
            world.druid().others().stream("wiki", InputRows.at(Instant.parse("2026-02-01T03:00:00Z"), 1));
            world.druid().settle();
        }
        world.druid().supervisorStatus("wiki", RUNNING);

        // When
        world.tickAfter(SOON);

        // Then
        assertThat(current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(main().supervisors().get(0).reason()).contains("its tasks fail");
    }

    @Test
    void whatDruidRefusesMisaligns() {
        // When
        aligning(GovernWorld.text("wiki", RETENTION, "compaction: {engine: msq}"));

        // Then
        assertThat(current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(main().problems())
                .singleElement()
                .asString()
                .startsWith("create compaction wiki: ")
                .contains("MSQ engine");
        assertThat(world.druid().settings().rules("wiki")).isNotEmpty();
    }

    @Test
    void aClusterThatDoesNotRespondIsTriedAgainEverLater() {
        // Given
        world.unavailable();
        aligning(ALL);
        world.tickAfter(SOON);
        Reconciliation waiting = current();

        // When
        world.availableAgain().tickAfter(Duration.ofMinutes(10));

        // Then
        assertThat(waiting.phase()).isEqualTo(Phase.ALIGNING);
        assertThat(waiting.tries()).isEqualTo(2);
        assertThat(waiting.clusters().get(0).waiting()).contains("cluster main");
        assertThat(current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(current().tries()).isZero();
    }

    @Test
    void aCheckOfAClusterThatDoesNotRespondIsRepeated() {
        // Given
        aligned(ALL);
        world.druid().settings().deleteCompaction("wiki", "somebody", "");
        world.unavailable();
        world.tickAfter(NEXT_CHECK);
        Reconciliation waiting = current();

        // When
        world.availableAgain().tickAfter(SOON);

        // Then
        assertThat(waiting.phase()).isEqualTo(Phase.ALIGNED);
        assertThat(waiting.tries()).isEqualTo(1);
        assertThat(current().phase()).isEqualTo(Phase.DRIFTED);
    }

    @Test
    void aCheckThatSucceedsEndsTheCountOfFailedOnes() {
        // Given
        aligned(ALL);
        Reconciliation aligned = current();
        world.unavailable();
        world.tickAfter(NEXT_CHECK);

        // When
        world.availableAgain().tickAfter(SOON);

        // Then
        assertThat(current()).isEqualTo(aligned);
    }

    @Test
    void anAnswerThatStaysUnexpectedIsARefusal() {
        // Given
        world.druid()
                .faults((call, subject) -> call == DruidCall.POST_SUPERVISOR
                        ? Optional.of(new CallFault.Refused(DruidException.Code.UNEXPECTED))
                        : Optional.empty());
        aligning(ALL);
        Reconciliation first = current();

        // When
        for (int tick = 0; tick < 12; tick++) {
            world.tickAfter(Duration.ofMinutes(5));
        }

        // Then
        assertThat(first.clusters()).extracting(OnCluster::waiting).doesNotContainNull();
        assertThat(current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(main().problems()).singleElement().asString().contains("cluster main");
    }

    @Test
    void anotherTopicUnderTheSameIdIsNotPosted() {
        // Given
        aligned(ALL);

        // When
        aligning(ALL.replace("topic: wiki", "topic: wiki2"));

        // Then
        assertThat(current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(main().problems())
                .singleElement()
                .asString()
                .startsWith("restart supervisor wiki: it would read kafka wiki2 instead of kafka wiki");
        assertThat(topic()).isEqualTo("wiki");
    }

    @Test
    void removingAStreamAndAddingItWithAnotherTopicDoesNotHelp() {
        // Given
        aligned(ALL);
        aligned(GovernWorld.text("wiki"));
        String other = ALL.replace("topic: wiki", "topic: wiki2");

        // When
        List<SettingChange> plan = reconciliations.plan(world.druid(), world.read(other));
        aligning(other);

        // Then
        assertThat(plan)
                .filteredOn(change -> change.kind().equals("supervisor"))
                .singleElement()
                .satisfies(change -> assertThat(change.note()).startsWith("will not be posted: it would read"));
        assertThat(current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(world.druid().settings().supervisor("wiki")).isEmpty();
    }

    @Test
    void aRollbackToACoarserGranularityRewritesNothingWithoutAConfirmation() {
        // Given
        String daily = GovernWorld.text("wiki", COMPACTION)
                .replace("queryGranularity: NONE, rollup: false", "queryGranularity: DAY, rollup: true");
        aligned(daily);
        aligned(daily.replace("DAY, rollup", "HOUR, rollup"));

        // When
        aligning(daily);
        Reconciliation misaligned = current();
        reconciliations.again(world.active("wiki"), "bob", true);
        world.tickAfter(SOON);

        // Then
        assertThat(misaligned.phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(misaligned.clusters().get(0).problems())
                .singleElement()
                .asString()
                .contains("it would rewrite history for good, because queryGranularity becomes DAY, and was HOUR");
        assertThat(current().phase()).isEqualTo(Phase.ALIGNED);
    }

    @Test
    void theSameTopicMayBeAddedAgain() {
        // Given
        aligned(ALL);
        aligned(GovernWorld.text("wiki"));

        // When
        aligning(ALL);

        // Then
        assertThat(current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(topic()).isEqualTo("wiki");
    }

    @Test
    void anUnknownClusterIsAProblemAndBlocksNoOther() {
        // When
        aligning(ALL.replace("clusters: [main]", "clusters: [main, other]"));

        // Then
        assertThat(current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(current().clusters())
                .filteredOn(cluster -> cluster.cluster().equals("other"))
                .singleElement()
                .satisfies(cluster ->
                        assertThat(cluster.problems()).containsExactly("the environment has no cluster other"));
        assertThat(world.druid().settings().supervisor("wiki")).isPresent();
    }

    @Test
    void settingsThatTheDefinitionDropsAreRemoved() {
        // Given
        aligned(ALL);

        // When
        aligning(GovernWorld.text("wiki"));

        // Then
        assertThat(world.druid().settings().supervisor("wiki")).isEmpty();
        assertThat(world.druid().settings().compaction("wiki")).isEmpty();
        assertThat(world.druid().settings().rules("wiki")).isEmpty();
        assertThat(current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(main().supervisors()).extracting(Watched::state).containsExactly(Watched.State.ENDED);
    }

    @Test
    void tasksThatOutliveTheirSupervisorAreShutDown() {
        // Given
        aligned(ALL);
        world.druid().fates(task -> Fate.HANGS);
        String task = world.druid().others().stream("wiki", InputRows.at(Instant.parse("2026-02-01T03:00:00Z"), 1));
        world.druid().settle();
        aligning(GovernWorld.text("wiki"));
        Watched ending = main().supervisors().get(0);

        // When
        world.tickAfter(Duration.ofMinutes(31));
        world.druid().settle();
        world.tickAfter(SOON);

        // Then
        assertThat(ending.state()).isEqualTo(Watched.State.ENDING);
        assertThat(world.druid().taskTable().runningStreamTasks("wiki", "wiki")).doesNotContain(task);
        assertThat(main().supervisors()).extracting(Watched::state).containsExactly(Watched.State.ENDED);
        assertThat(main().supervisors().get(0).reason()).contains("were shut down");
    }

    @Test
    void removingOneOfTwoStreamsLeavesTheTasksOfTheOther() {
        // Given
        world.druid().contractVersion("37");
        aligned(GovernWorld.text("wiki", TWO_STREAMS));
        world.druid().fates(task -> Fate.HANGS);
        InputRows rows = InputRows.at(Instant.parse("2026-02-01T03:00:00Z"), 1);
        String survivor = world.druid().others().stream("wiki", rows);
        String removed = world.druid().others().stream("wiki", "wiki-old", rows);
        world.druid().settle();
        aligning(GovernWorld.text("wiki", STREAM));

        // When
        world.tickAfter(Duration.ofMinutes(31));
        world.druid().settle();
        world.tickAfter(SOON);

        // Then
        assertThat(world.druid().tasks().statuses(List.of(survivor, removed)))
                .extractingFromEntries(
                        task -> task.getKey() + " " + task.getValue().code())
                .containsExactlyInAnyOrder(survivor + " RUNNING", removed + " FAILED");
        assertThat(main().supervisors())
                .extracting(Watched::id, Watched::state)
                .containsExactly(tuple("wiki", Watched.State.RUNNING), tuple("wiki-old", Watched.State.ENDED));
    }

    @Test
    void aFailingStreamDoesNotMakeItsSiblingFail() {
        // Given
        world.druid().contractVersion("37");
        world.druid().fates(task -> Fate.FAILS);
        world.druid().supervisorStatus("wiki", CONNECTING);
        world.druid().supervisorStatus("wiki-old", CONNECTING);
        aligning(GovernWorld.text("wiki", TWO_STREAMS));
        for (int number = 0; number < 3; number++) {
            world.druid().others().stream("wiki", "wiki-old", InputRows.at(Instant.parse("2026-02-01T03:00:00Z"), 1));
            world.druid().settle();
        }
        world.druid().supervisorStatus("wiki", RUNNING);
        world.druid().supervisorStatus("wiki-old", RUNNING);

        // When
        world.tickAfter(SOON);

        // Then
        assertThat(main().supervisors())
                .extracting(Watched::id, Watched::state)
                .containsExactly(tuple("wiki", Watched.State.RUNNING), tuple("wiki-old", Watched.State.FAILED));
    }

    @Test
    void aNewDefinitionFileIsReconciled() {
        // Given
        world.world().define("wiki", GovernWorld.text("wiki", RETENTION));

        // When
        world.tickAfter(SOON).tickAfter(SOON).tickAfter(SOON);

        // Then
        assertThat(current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(current().version()).isNull();
        assertThat(world.druid().settings().rules("wiki")).isNotEmpty();
    }

    @Test
    void aChangedDefinitionFileIsReconciledAgain() {
        // Given
        world.world().define("wiki", GovernWorld.text("wiki", RETENTION));
        world.tickAfter(SOON).tickAfter(SOON).tickAfter(SOON);
        world.world().define("wiki", GovernWorld.text("wiki", RETENTION, COMPACTION));

        // When
        world.tickAfter(SOON).tickAfter(SOON);

        // Then
        assertThat(world.druid().settings().compaction("wiki")).isPresent();
    }

    @Test
    void aDefinitionFileWithoutSettingsIsNotReconciled() {
        // Given
        world.world().define("wiki", GovernWorld.text("wiki"));

        // When
        world.tickAfter(SOON).tickAfter(SOON).tickAfter(SOON);

        // Then
        assertThat(reconciliations.find("wiki")).isEmpty();
    }

    @Test
    void aDefinitionFileThatDisappearsIsWaitedFor() {
        // Given
        world.world().define("wiki", GovernWorld.text("wiki", RETENTION));
        world.unavailable(DruidCall.RULES);
        world.tickAfter(SOON).tickAfter(SOON).tickAfter(SOON);
        world.world().define("wiki", "not a definition");

        // When
        world.availableAgain().tickAfter(Duration.ofMinutes(10));

        // Then
        assertThat(current().phase()).isEqualTo(Phase.ALIGNING);
        assertThat(world.druid().settings().rules("wiki")).isEmpty();
    }

    @Test
    void aReconciliationOfAnOlderActivationDoesNothing() {
        // Given
        world.apply(ALL);
        Stored older = world.bean(ReconciliationStore.class).find("wiki").orElseThrow();
        world.apply(GovernWorld.text("wiki"));

        // When
        world.bean(ReconciliationSteps.class).next(older);

        // Then
        assertThat(world.druid().settings().supervisor("wiki")).isEmpty();
    }

    @Test
    void anOlderReadingWritesNothing() {
        // Given
        world.apply(ALL);
        ReconciliationStore store = world.bean(ReconciliationStore.class);
        Stored read = store.find("wiki").orElseThrow();
        assertThat(store.save(read, world.now(), List.of())).isPresent();

        // When, Then
        assertThat(store.save(read, null, List.of())).isEmpty();
    }

    @Test
    void aPlanShowsChangesAndChangesNothing() {
        // Given
        world.druid().compactsBySupervisors(true);

        // When
        List<SettingChange> changes = reconciliations.plan(world.druid(), world.read(ALL));
        List<SettingChange> none = reconciliations.plan(world.druid(), world.read(GovernWorld.text("wiki")));

        // Then
        assertThat(changes)
                .extracting(SettingChange::summary)
                .containsExactly("create rules wiki", "create compaction wiki", "create supervisor wiki");
        assertThat(changes.get(1).note()).isEqualTo("the overlord compacts on this cluster");
        assertThat(none).isEmpty();
        assertThat(world.druid().settings().supervisor("wiki")).isEmpty();
    }

    private String topic() {
        return world.druid()
                .settings()
                .supervisor("wiki")
                .orElseThrow()
                .at("/spec/ioConfig/topic")
                .asText();
    }

    private void aligning(String text) {
        world.apply(text);
        world.tickAfter(SOON);
    }

    private void aligned(String text) {
        aligning(text);
        assertThat(current().phase()).isEqualTo(Phase.ALIGNED);
    }

    private Reconciliation current() {
        return reconciliations.find("wiki").orElseThrow();
    }

    private OnCluster main() {
        return current().clusters().stream()
                .filter(cluster -> cluster.cluster().equals("main"))
                .findFirst()
                .orElseThrow();
    }
}
