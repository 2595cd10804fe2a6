package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

    private static final Route VERSION =
            new Route("GET", "/v1/definitions/{datasource}/versions/{number}", Role.READ, null);

    @ParameterizedTest
    @ValueSource(strings = {"wikipedia", "two words", "größe", "50% off", "a+b", "a#b?c", "{number}", "$1"})
    void aPathIsTakenApartAsItWasMade(String datasource) {
        String path = Route.path(VERSION.template(), datasource, 3);

        assertThat(path).doesNotContain(" ", "#", "?", "{");
        assertThat(VERSION.match(path)).contains(Map.of("datasource", datasource, "number", "3"));
    }
}
