package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpressionIdentifiersTest {

    @Test
    void columnsAreNamesThatAreNeitherFunctionsNorLiterals() {
        assertThat(ExpressionIdentifiers.of("if(\"a b\" == 'text', concat(city, null), upper(country)) + 7"))
                .containsExactlyInAnyOrder("a b", "city", "country");
    }

    @Test
    void aTextThatCannotBeReadHasNone() {
        assertThat(ExpressionIdentifiers.of("concat('open")).isEmpty();
    }
}
