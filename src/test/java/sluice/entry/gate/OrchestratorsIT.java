package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sluice.entry.gate.InMemoryGate.Reply;
import sluice.ingest.DefinitionText;
import sluice.ingest.Ingestion;
import sluice.ingest.Rows;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;
import sluice.simulation.Beans;

/** The calls of docs/airflow.md and docs/step-functions.md load rows on a real Druid, and tell why there are none. */
@ExtendWith(SandboxExtension.class)
class OrchestratorsIT {

    private static final Map<String, String> DAY = Map.of(
            "dag.dag_id", "wikipedia",
            "data_interval_start | ds", "2026-01-01",
            "data_interval_end | ds", "2026-01-02");

    private static ApiCalls as(Sandbox sandbox) {
        return ApiCalls.of(new Api(sandbox));
    }

    @Test
    void aDagLoadsADayOnceThoughItsFirstTaskIsTriedAgain(Sandbox sandbox) {
        // Given
        AirflowDag dag = new AirflowDag();
        Ingestion ingestion = new Ingestion(sandbox, "wikipedia").define(new DefinitionText("wikipedia"));
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 7));
        ingestion.awaitAvailable();
        Map<String, String> templates = new HashMap<>(DAY);
        templates.put("run_id", "manual__1");

        // When
        Reply first = dag.call("load", as(sandbox), templates);
        Reply again = dag.call("load", as(sandbox), templates);
        templates.put("ti.xcom_pull(task_ids='load')", dag.runId(again));
        Api.await().until(() -> dag.call("ended", as(sandbox), templates).status() != 404);
        Reply checked = dag.call("check", as(sandbox), templates);
        Reply cancelled = dag.call("cancel", as(sandbox), templates);

        // Then
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(dag.runId(again)).isEqualTo(dag.runId(first));
        assertThat(checked.json().path("available").asBoolean())
                .as(checked.text())
                .isTrue();
        assertThat(cancelled.status()).isEqualTo(409);
        assertThat(ingestion.rows()).isEqualTo(7);
    }

    @Test
    void aStateMachineLoadsADay(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "machine_good").define(new DefinitionText("machine_good"));
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 9));

        // When
        StateMachine.End end = machine(sandbox).run("load-1", day("machine_good"));

        // Then
        assertThat(end.succeeded()).as("%s", end).isTrue();
        assertThat(ingestion.rows()).isEqualTo(9);
    }

    @Test
    void aStateMachineFailsWithTheReasonOfTheRun(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "machine_bad")
                .define(new DefinitionText("machine_bad").batch("expect", "{rows: {min: 100}}"));
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 9));

        // When
        StateMachine.End end = machine(sandbox).run("load-2", day("machine_bad"));

        // Then
        assertThat(end.visited()).contains("NotLoaded");
        assertThat(end.error()).isIn("Failed", "RolledBack");
        assertThat(end.cause()).contains("100");
    }

    private static ObjectNode day(String datasource) {
        return Beans.MAPPER
                .createObjectNode()
                .put("datasource", datasource)
                .put("cluster", "main")
                .put("interval", "2026-01-01/2026-01-02");
    }

    private static StateMachine machine(Sandbox sandbox) {
        return new StateMachine(as(sandbox), OrchestratorsIT::pause);
    }

    private static void pause() {
        try {
            Thread.sleep(250);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
    }
}
