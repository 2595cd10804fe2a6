package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.definition.Definitions;

class DatasourceLookupTest {

    @Test
    void aValidDefinitionNamesItsDatasource() throws UsageException {
        assertThat(lookup(Definitions.MINIMAL)).isEqualTo("events");
    }

    @Test
    void soDoesAnInvalidOneThatTheApiWillRefuse() throws UsageException {
        assertThat(lookup("datasource: clicks\nmode: replcae\n")).isEqualTo("clicks");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "datasource: [|cannot be read",
                "clusters: [main]|does not name its datasource",
                "datasource: 7|does not name its datasource",
                "datasource: ' '|does not name its datasource",
                "datasource: ${NAME}-logs|does not name its datasource"
            })
    void withoutANameNothingIsApplied(String text, String reason) {
        assertThatThrownBy(() -> lookup(text))
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll("nothing was applied: a.yaml", reason, "lint");
    }

    private static String lookup(String text) throws UsageException {
        return DatasourceLookup.file(new SourceFile("a.yaml", text), Map.of());
    }
}
