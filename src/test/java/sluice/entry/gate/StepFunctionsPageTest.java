package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import sluice.simulation.Beans;

/** The state machine of docs/step-functions.md is one, and its calls are calls of the gate. */
class StepFunctionsPageTest {

    private static final Set<String> ENDS = Set.of("Succeed", "Fail");
    private final JsonNode definition = StateMachine.definition();

    private static ObjectNode input() {
        return Beans.MAPPER
                .createObjectNode()
                .put("datasource", "wikipedia")
                .put("cluster", "main")
                .put("interval", "2026-01-01/2026-01-02");
    }

    private static List<String> next(JsonNode state) {
        List<String> next = new ArrayList<>();
        state.findValues("Next").forEach(name -> next.add(name.asText()));
        if (state.has("Default")) {
            next.add(state.path("Default").asText());
        }
        return next;
    }

    @Test
    void everyStateIsReachedAndLeadsToOneThatThereIs() {
        // Given
        Set<String> states = new TreeSet<>();
        definition.path("States").fieldNames().forEachRemaining(states::add);

        // When
        Set<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(definition.path("StartAt").asText()));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (reached.add(name)) {
                next(definition.path("States").path(name)).forEach(open::push);
            }
        }

        // Then
        assertThat(reached).isEqualTo(states);
    }

    @Test
    void aStateIsAnEndOrHasASuccessor() {
        assertThat(definition.path("States")).isNotEmpty().allSatisfy(state -> assertThat(
                        next(state).isEmpty())
                .as(state.toString())
                .isEqualTo(ENDS.contains(state.path("Type").asText())));
    }

    @Test
    void retriesAndCatchesThatTakeEverythingAreTheLastOfTheirList() {
        assertThat(definition.path("States"))
                .allSatisfy(state -> List.of("Retry", "Catch").forEach(list -> {
                    List<JsonNode> rules = new ArrayList<>();
                    state.path(list).forEach(rules::add);
                    for (JsonNode rule : rules) {
                        boolean isLast = rule == rules.get(rules.size() - 1);
                        assertThat(rule.path("ErrorEquals")).isNotEmpty();
                        assertThat(isLast
                                        || !rule.path("ErrorEquals").toString().contains("States.ALL"))
                                .as(rule.toString())
                                .isTrue();
                    }
                }));
    }

    @Test
    void anExecutionThatWaitsTooLongCancelsItsRun() {
        // Given
        InMemoryGate gate = new InMemoryGate();
        gate.call("PUT", "/v1/definitions/wikipedia", InMemoryGate.definition("wikipedia", "NONE"))
                .send();
        gate.upload("wikipedia/dt=2026-01-01/a.json");

        // When
        StateMachine.End end = new StateMachine(ApiCalls.of(gate), () -> {}).run("execution-1", input());

        // Then
        assertThat(end.succeeded()).isFalse();
        assertThat(end.error()).isEqualTo("ApiGateway.404");
        assertThat(end.visited()).containsExactly("Load", "Outcome", "Cancel", "Abandoned");
        JsonNode runs = gate.get("/v1/runs")
                .query("datasource", "wikipedia")
                .send()
                .json()
                .path("runs");
        assertThat(runs.findValuesAsText("state")).containsExactly("Cancelled");
    }

    @Test
    void aRedrivenExecutionFindsItsRunAndFailsWithTheRunsReason() {
        // Given
        InMemoryGate gate = new InMemoryGate();
        gate.call("PUT", "/v1/definitions/wikipedia", InMemoryGate.definition("wikipedia", "NONE"))
                .send();
        gate.upload("wikipedia/dt=2026-01-01/a.json");
        new StateMachine(ApiCalls.of(gate), () -> {}).run("execution-1", input());

        // When
        StateMachine.End end = new StateMachine(ApiCalls.of(gate), () -> {}).run("execution-1", input());

        // Then
        assertThat(end.visited()).containsExactly("Load", "Outcome", "Available", "NotLoaded");
        assertThat(end.error()).isEqualTo("Cancelled");
        assertThat(end.cause()).contains("no longer waits");
    }
}
