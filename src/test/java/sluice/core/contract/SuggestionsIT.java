package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whether advice is right: each spec is spoilt at every place by a rename, a move or a change of JSON type, and what the
 * contract suggests brings the original back.
 */
class SuggestionsIT {
    private static final double TARGET = 0.98;

    @Test
    void suggestionsBringTheOriginalBack() throws Exception {
        // When
        SuggestionRates rates = SuggestionRates.ofOwnSpecs(1);

        // Then
        assertThat(rates.worse())
                .as("read by Druid before the repair, not after")
                .isEmpty();
        assertThat(rates.total()).isGreaterThan(3_000);
        assertThat(rates.rate()).as("missed: %s", rates.missed()).isGreaterThanOrEqualTo(TARGET);
    }

    /** Of examples, those that Druid reads: templates, and types of contrib extensions, have no original to bring back. */
    @Test
    void suggestionsBringTheExamplesBack() throws Exception {
        // Given
        List<DocumentedExamples.Example> examples = DocumentedExamples.all();
        SuggestionRates rates = new SuggestionRates("documentation's examples", 7);

        // When
        try (Oracle oracle = new Oracle("33")) {
            for (DocumentedExamples.Example example : examples) {
                if (!oracle.ask(example.kind(), example.document().toString()).refused()) {
                    rates.measure(oracle, example.kind(), example.name(), example.document());
                }
            }
        }

        // Then
        rates.print();
        assertThat(rates.worse())
                .as("read by Druid before the repair, not after")
                .isEmpty();
        assertThat(rates.total()).isGreaterThan(1_000);
        assertThat(rates.rate()).as("missed: %s", rates.missed()).isGreaterThanOrEqualTo(TARGET);
    }
}
