package sluice.sandbox.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.sandbox.lambda.Routes.FunctionSettings;

class DebugPortsTest {

    private static final Routes ROUTES = new Routes(
            Map.of("submit", new FunctionSettings(60, 512, 2), "poll", new FunctionSettings(55, 512, 1)),
            Map.of(),
            List.of(),
            List.of(),
            Map.of(),
            new Routes.HttpRoute("poll", "/v1/"),
            List.of());

    @Test
    void aDebuggedFunctionListensAndTheOthersDoNot() {
        // When
        DebugPorts debug = DebugPorts.parse("submit:5005");

        // Then
        assertThat(debug.option("submit"))
                .hasValueSatisfying(option ->
                        assertThat(option).startsWith("-agentlib:jdwp=").endsWith("address=127.0.0.1:5005"));
        assertThat(debug.option("poll")).isEmpty();
    }

    @Test
    void aDebuggedFunctionIsOneProcessWithoutATimeLimitThatSomebodyWouldMeet() {
        // When
        Routes adapted = DebugPorts.parse("submit:5005,poll:5006").adapt(ROUTES);

        // Then
        assertThat(adapted.functions().values())
                .hasSize(2)
                .allMatch(settings -> settings.concurrency() == 1)
                .allMatch(settings -> settings.timeout().toHours() == 24);
    }

    @Test
    void withoutDebuggersTheRoutesStayAsTheyAre() {
        assertThat(DebugPorts.parse("").adapt(ROUTES)).isEqualTo(ROUTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"submit", "submit:", "submit:80", "submit:5005,", "submit=5005"})
    void anotherFormIsRefused(String text) {
        assertThatThrownBy(() -> DebugPorts.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FUNCTION:PORT")
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void anUnknownFunctionIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> DebugPorts.parse("submitt:5005").adapt(ROUTES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'submitt', only [poll, submit]");
    }
}
