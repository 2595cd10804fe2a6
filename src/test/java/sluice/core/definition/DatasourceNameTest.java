package sluice.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasourceNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"wikipedia", "web.logs", "a-b_c", "web logs", "métrique", "a+b"})
    void druidAcceptsTheName(String name) {
        assertThat(DatasourceName.problem(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '`',
            value = {
                "` `,is blank",
                ".hidden,begins with a dot",
                "a/b,contains a slash",
                "`a\tb`,contains a control character",
                "`a\u00A0b`,contains a control character",
                "`a\u2003b`,contains a control character",
                "`a\uE000b`,contains a control character",
                "`a\uFFFFb`,contains a control character"
            })
    void druidRefusesTheName(String name, String problem) {
        assertThat(DatasourceName.problem(name))
                .hasValueSatisfying(text -> assertThat(text).startsWith(problem));
    }

    @ParameterizedTest
    @CsvSource({"255, true", "256, false"})
    void theMetadataStoreHolds255Characters(int length, boolean isAccepted) {
        assertThat(DatasourceName.problem("d".repeat(length)).isEmpty()).isEqualTo(isAccepted);
    }

    @ParameterizedTest
    @CsvSource({"web.logs, false", "web logs, true", "a+b, true"})
    void aNameWithOtherCharactersNeedsEncoding(String name, boolean needsEncoding) {
        assertThat(DatasourceName.needsEncoding(name)).isEqualTo(needsEncoding);
    }
}
