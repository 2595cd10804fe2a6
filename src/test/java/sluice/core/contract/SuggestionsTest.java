package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whether advice is right, over a sample of what {@link SuggestionsIT} measures. */
class SuggestionsTest {

    @Test
    void suggestionsBringTheOriginalBack() throws Exception {
        // When
        SuggestionRates rates = SuggestionRates.ofOwnSpecs(100);

        // Then
        assertThat(rates.worse())
                .as("read by Druid before the repair, not after")
                .isEmpty();
        assertThat(rates.total()).isGreaterThan(30);
        assertThat(rates.rate()).as("missed: %s", rates.missed()).isGreaterThanOrEqualTo(0.9);
    }
}
