package sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.platform.metric.Metric;
import sluice.platform.metric.SandboxMetrics;
import sluice.sandbox.AlsoOnDruid37;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;
import sluice.sandbox.druid.Fault;
import sluice.sandbox.lambda.EventBus;
import sluice.sandbox.lambda.Outcome;

/** However often a message comes and whatever breaks in between: one task, one copy of the rows. */
@ExtendWith(SandboxExtension.class)
@Isolated("injects faults")
class DeliveryIT {

    private static final String TASKS = "/druid/indexer/v1/task";

    @Test
    @AlsoOnDruid37
    void theSameEventFiveTimesAtOnceMakesOneTask(Sandbox sandbox) throws InterruptedException {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "delivery_five").define(new DefinitionText("delivery_five"));
        sandbox.lambda().queue("sluice-generate").pause();
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 20));
        String body = notificationOf(sandbox, "delivery_five");

        // When
        List<Outcome> outcomes = sandbox.lambda().deliverConcurrently("sluice-generate", body, 5);
        sandbox.lambda().queue("sluice-generate").resume();

        // Then
        assertThat(outcomes).hasSize(5);
        ingestion.awaitAvailable();
        assertNothingMoreComes(ingestion, 1, 20);
    }

    @Test
    @AlsoOnDruid37
    void theSamePlannedEventFiveTimesAtOnceMakesOneTask(Sandbox sandbox) throws InterruptedException {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "delivery_planned").define(new DefinitionText("delivery_planned"));
        sandbox.lambda().pauseSchedules();
        sandbox.lambda().queue("sluice-submit").pause();
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 20));
        JsonNode planned = ingestion.await("sluice.run.planned", 1).get(0).detail();

        // When
        sandbox.lambda().deliverConcurrently("sluice-submit", planned.toString(), 5);
        sandbox.lambda().queue("sluice-submit").resume();
        sandbox.lambda().resumeSchedules();

        // Then
        ingestion.awaitAvailable();
        assertNothingMoreComes(ingestion, 1, 20);
    }

    @Test
    void theSameEventAfterTheDefinitionHasChangedLoadsNothing(Sandbox sandbox) throws InterruptedException {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "delivery_changed")
                .define(new DefinitionText("delivery_changed").batch("mode", "append"));
        sandbox.lambda().queue("sluice-generate").pause();
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 20));
        String body = notificationOf(sandbox, "delivery_changed");
        sandbox.lambda().queue("sluice-generate").resume();
        ingestion.awaitAvailable();

        // When
        ingestion.define(new DefinitionText("delivery_changed")
                .batch("mode", "append")
                .batch("tuningConfig", "{maxRowsInMemory: 1000}"));
        sandbox.lambda().deliverConcurrently("sluice-generate", body, 2);

        // Then
        assertNothingMoreComes(ingestion, 1, 20);
    }

    @Test
    @AlsoOnDruid37
    void aTaskWhoseAnswerWasLostIsAdopted(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "delivery_lost").define(new DefinitionText("delivery_lost"));
        sandbox.druidProxy().inject(Fault.losingTheAnswer("POST", TASKS, 1));

        // When
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 20));

        // Then
        ingestion.awaitAvailable();
        assertNothingMoreComes(ingestion, 1, 20);
    }

    @Test
    @AlsoOnDruid37
    void aFunctionKilledBetweenPostAndStateWriteIsContinued(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "delivery_killed").define(new DefinitionText("delivery_killed"));
        sandbox.druidProxy().inject(Fault.beforeTheAnswer("POST", TASKS, 1, () -> sandbox.lambda()
                .kill("submit")));

        // When
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 20));

        // Then
        JsonNode data = ingestion.awaitAvailable();
        assertThat(data.path("attempt").asInt()).isEqualTo(1);
        assertThat(sandbox.druidProxy()
                        .count("GET", TASKS + "/" + data.path("taskId").asText()))
                .as("the task was read back")
                .isPositive();
        assertNothingMoreComes(ingestion, 1, 20);
    }

    @Test
    void eventsThatTheBusRefusesAreSentLater(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "delivery_bus").define(new DefinitionText("delivery_bus"));
        sandbox.bus().mode(EventBus.Mode.THROTTLING);
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 20));
        await().atMost(Ingestion.PATIENCE).until(() -> ingestion.runs().size() == 1);
        new SandboxMetrics(sandbox).awaitOver(Metric.OUTBOX_AGE, 0);

        // When
        sandbox.bus().mode(EventBus.Mode.WORKING);

        // Then
        ingestion.awaitAvailable();
        assertThat(ingestion.events("sluice.run.planned")).isNotEmpty();
        assertNothingMoreComes(ingestion, 1, 20);
    }

    @Test
    void aDruidThatIsDownGetsTheTaskWhenItIsBack(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "delivery_down").define(new DefinitionText("delivery_down"));
        sandbox.druid().kill();
        try {
            ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 20));
            await().atMost(Ingestion.PATIENCE).untilAsserted(() -> assertThat(ingestion.runs())
                    .singleElement()
                    .satisfies(run -> assertThat(run.path("lastError").asText()).contains("cluster main")));
            SandboxMetrics metrics = new SandboxMetrics(sandbox);
            metrics.awaitOver(Metric.DRUID_ERRORS, 0);
            metrics.awaitOver(Metric.OUTAGE_AGE, 0);
        } finally {
            // When
            sandbox.druid().restart();
        }

        // Then
        ingestion.awaitAvailable();
        assertNothingMoreComes(ingestion, 1, 20);
    }

    /** Lets several rounds of the schedule pass, then counts. */
    private static void assertNothingMoreComes(Ingestion ingestion, int tasks, long rows) {
        await().during(Duration.ofSeconds(3)).atMost(Ingestion.PATIENCE).untilAsserted(() -> {
            assertThat(ingestion.tasks()).isEqualTo(tasks);
            assertThat(ingestion.rows()).isEqualTo(rows);
        });
        assertThat(ingestion.runs()).hasSize(tasks);
    }

    private static String notificationOf(Sandbox sandbox, String datasource) {
        return sandbox.lambda().queue("sluice-generate").messages().stream()
                .filter(body -> body.contains(datasource + "/"))
                .findFirst()
                .orElseThrow();
    }
}
