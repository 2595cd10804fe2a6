package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.entry.gate.InMemoryGate.Reply;

/** The DAG of docs/airflow.md against the gate, up to where Druid begins. */
class AirflowPageTest {

    private final AirflowDag dag = new AirflowDag();
    private final InMemoryGate gate = new InMemoryGate();
    private final ApiCalls api = ApiCalls.of(gate);
    private final Map<String, String> templates = new HashMap<>(Map.of(
            "dag.dag_id", "wikipedia",
            "run_id", "scheduled__2026-01-01T00:00:00+00:00",
            "data_interval_start | ds", "2026-01-01",
            "data_interval_end | ds", "2026-01-02"));

    @BeforeEach
    void define() {
        gate.call("PUT", "/v1/definitions/wikipedia", InMemoryGate.definition("wikipedia", "NONE"))
                .send();
        gate.upload("wikipedia/dt=2026-01-01/a.json");
    }

    @Test
    void aTaskThatIsTriedAgainFindsTheSameRun() {
        // When
        Reply first = dag.call("load", api, templates);
        Reply again = dag.call("load", api, templates);

        // Then
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(dag.runId(again)).isNotEmpty().isEqualTo(dag.runId(first));
    }

    @Test
    void theSensorWaitsUntilTheTeardownHasCancelledTheRun() {
        // Given
        templates.put("ti.xcom_pull(task_ids='load')", dag.runId(dag.call("load", api, templates)));

        // When
        Reply before = dag.call("ended", api, templates);
        Reply cancelled = dag.call("cancel", api, templates);
        Reply after = dag.call("ended", api, templates);
        Reply checked = dag.call("check", api, templates);

        // Then
        assertThat(before.status()).isEqualTo(404);
        assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(200);
        assertThat(after.status()).isEqualTo(200);
        assertThat(checked.json().path("available").asBoolean(true)).isFalse();
        assertThat(checked.json().path("reason").asText()).contains("no longer waits");
    }

    @Test
    void theTeardownComesAfterAllOthersAndTakesWhateverTheApiAnswers() {
        assertThat(dag.chain()).isEqualTo("load >> ended >> check >> cancel.as_teardown(setups=load)");
        assertThat(dag.tasks().get("cancel").is("extra_options", Map.of("check_response", false)))
                .isTrue();
    }

    @Test
    void theSensorNeedsNoWorkerAndNoFunctionOfItsOwn() {
        // Airflow's trigger passes over a sensor's response_check: the first answer that is not 404 ends the wait.
        assertThat(dag.tasks().get("ended").is("deferrable", true)).isTrue();
        assertThat(dag.tasks().get("ended").arguments()).doesNotContainKey("response_check");
    }

    @Test
    void theDagReadsFieldsThatAnOutcomeHas() throws IOException {
        // Given
        JsonNode outcome = new YAMLMapper()
                .readTree(Path.of("infra/api/openapi.yaml").toFile())
                .at("/components/schemas/RunOutcome/properties");

        // Then
        assertThat(dag.fieldsOfAnOutcome())
                .contains("available", "reason")
                .allSatisfy(field -> assertThat(outcome.has(field)).as(field).isTrue());
    }
}
