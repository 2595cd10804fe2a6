package sluice.core.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.definition.Expectation.Bounds;

class ExpectationTest {

    @ParameterizedTest
    @CsvSource({
        "  ,  , 0, true",
        " 1,  , 0, false",
        " 1,  , 1, true",
        "  , 5, 5, true",
        "  , 5, 6, false",
        " 1, 5, 3, true",
        " 1, 5, 0, false",
        " 1, 5, 6, false"
    })
    void bothEndsOfTheBoundsAreInclusive(Long min, Long max, long count, boolean holds) {
        assertThat(new Bounds(min, max).hold(count)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({"-1, , negative", " , -1, negative", "-1, -1, negative", "6, 5, above"})
    void impossibleBoundsAreRefused(Long min, Long max, String reason) {
        assertThatThrownBy(() -> new Bounds(min, max))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void theDefaultIsAtLeastOneRowAndNoneUnparseable() {
        assertThat(Expectation.DEFAULT.rows().hold(0)).isFalse();
        assertThat(Expectation.DEFAULT.rows().hold(1)).isTrue();
        assertThat(Expectation.DEFAULT.unparseable().hold(1)).isFalse();
        assertThat(Expectation.DEFAULT.thrownAway().hold(0)).isTrue();
        assertThat(Expectation.DEFAULT.thrownAway().hold(1)).isFalse();
        assertThat(Expectation.DEFAULT_WITH_FILTER.thrownAway().hold(1_000)).isTrue();
        assertThat(Expectation.DEFAULT_WITH_FILTER.rows()).isEqualTo(Expectation.DEFAULT.rows());
    }
}
