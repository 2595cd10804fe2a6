package sluice.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {

    private final SecretMask mask = new SecretMask();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2\"$&\\/x",
                "{\"p\": \"hunter2\\\"$&\\\\/x\"}",
                "https://x/?p=hunter2%22%24%26%5C%2Fx",
                "Basic aHVudGVyMiIkJlwveA=="
            })
    void aValueIsHiddenHoweverItIsSpelled(String text) {
        // Given
        mask.learn("kafka", "hunter2\"$&\\/x", "${secret:KAFKA}");

        // When
        String hidden = mask.hidden(text);

        // Then
        assertThat(hidden).contains("${secret:KAFKA}").doesNotContain("hunter2").doesNotContain("aHVud");
    }

    @Test
    void aSecretThatIsPartOfAnotherLeavesNoRest() {
        // Given
        mask.learn("short", "hunter2", "(a)");
        mask.learn("long", "hunter2-and-more", "(b)");

        // When
        String hidden = mask.hidden("hunter2-and-more hunter2");

        // Then
        assertThat(hidden).isEqualTo("(b) (a)");
    }

    @Test
    void aRotatedValueStaysHiddenButIsNoLongerTheSecret() {
        // Given
        mask.learn("kafka", "old-value", "${secret:KAFKA}");
        mask.learn("kafka", "new-value", "${secret:KAFKA}");

        // When
        String hidden = mask.hidden("old-value new-value");

        // Then
        assertThat(hidden).isEqualTo("(hidden) ${secret:KAFKA}");
    }

    @Test
    void manyRotationsDoNotFillTheMemory() {
        // Given
        for (int number = 0; number < 2_000; number++) {
            mask.learn("kafka", "value-number-" + number, "(hidden)");
        }

        // When
        String hidden = mask.hidden("value-number-1 value-number-1999");

        // Then
        assertThat(hidden).isEqualTo("value-number-1 (hidden)");
    }
}
