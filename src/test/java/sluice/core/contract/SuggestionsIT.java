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
    private static final double OF_EXAMPLES = 0.94;

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

    /** Of examples, those that Druid 33 keeps whole: of the others there is no original to bring back. */
    @Test
    void suggestionsBringTheExamplesBack() throws Exception {
        // Given
        Oracle oracle = Oracle.of("33");
        List<DocumentedExamples.Example> examples = DocumentedExamples.all();
        SuggestionRates rates = new SuggestionRates("documentation's examples", 7);

        // When
        for (DocumentedExamples.Example example : examples) {
            if (oracle.ask(example.kind(), example.document().toString()).keptWhole()) {
                rates.measure(oracle, example.kind(), example.name(), example.document());
            }
        }

        // Then
        rates.print();
        // The type of a tuningConfig at the top of an automatic compaction makes a task of it.
        assertThat(rates.worse())
                .as("read by Druid before the repair, not after")
                .hasSizeLessThanOrEqualTo(1);
        assertThat(rates.total()).isGreaterThan(1_000);
        assertThat(rates.rate()).as("missed: %s", rates.missed()).isGreaterThanOrEqualTo(OF_EXAMPLES);
    }
}
