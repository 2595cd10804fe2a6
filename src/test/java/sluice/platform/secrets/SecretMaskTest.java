package sluice.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
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

    /** Whoever quotes a text may escape more of it than need be, in the other case, twice, or inside another text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain: pa/ss wörd<&>\n+=x1",
                "JSON: pa/ss wörd<&>\\n+=x1",
                "JSON in JSON: pa/ss wörd<&>\\\\n+=x1",
                "JSON of others: pa\\/ss w\\u00f6rd\\u003C\\u0026\\u003e\\n+\\u003dx1",
                "form: pa%2Fss+w%C3%B6rd%3C%26%3E%0A%2B%3Dx1",
                "path: pa/ss%20w%c3%b6rd%3c&%3e%0a+=x1",
                "encoded twice: pa%252Fss%2520w%25C3%25B6rd%253C%2526%253E%250A%252B%253Dx1",
                "HTML: pa/ss w&#246;rd&lt;&amp;&gt;\n+=x1",
                "XML: pa&#47;ss w&#246;rd&#x3C;&amp;&gt;&#10;+=x1",
                "one line: pa/ss wörd<&> +=x1",
                "Windows: pa/ss wörd<&>\r\n+=x1"
            })
    void aValueIsHiddenInOtherSpellingsThanOurOwn(String text) {
        // Given
        mask.learn("kafka", "pa/ss wörd<&>\n+=x1", "(a)");

        // When
        String hidden = mask.hidden(text);

        // Then
        assertThat(hidden).endsWith(": (a)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "us", "user:", "a longer text before "})
    void aValueIsHiddenInsideABase64Text(String before) {
        // Given
        mask.learn("kafka", "hunter2??>>~password", "(a)");
        byte[] bytes = (before + "hunter2??>>~password" + before).getBytes(StandardCharsets.UTF_8);

        // When
        List<String> hidden = Stream.of(
                        Base64.getEncoder().encodeToString(bytes),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                        URLEncoder.encode(Base64.getEncoder().encodeToString(bytes), StandardCharsets.UTF_8),
                        Base64.getMimeEncoder(16, "\n".getBytes(StandardCharsets.UTF_8))
                                .encodeToString(bytes))
                .map(mask::hidden)
                .toList();

        // Then
        assertThat(hidden).allSatisfy(text -> assertThat(text).contains("(a)").hasSizeLessThan(bytes.length + 20));
        assertThat(hidden.get(0).replace("(a)", ""))
                .hasSizeLessThanOrEqualTo(Base64.getEncoder()
                                .encodeToString((before + before).getBytes(StandardCharsets.UTF_8))
                                .length()
                        + 4);
    }

    /** Druid cuts a task's error after 100 characters and puts three dots behind it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cannot log in with hunter2-and",
                "Cannot log in with hunter2-and...",
                "Cannot log in with hunter2-and…, says the broker",
                "Cannot log in with hunter2-and\"[truncated 300 chars]; line: 1"
            })
    void aValueThatIsCutOffIsHidden(String text) {
        // Given
        mask.learn("kafka", "hunter2-and-more", "(a)");

        // When
        String hidden = mask.hidden(text);

        // Then
        assertThat(hidden).startsWith("Cannot log in with (a)").doesNotContain("hunter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2-and-less is another word",
                "hunte",
                "HUNTER2-AND-MORE",
                "https://host/hunte",
                "a hunter2-and ... hunte",
                "%",
                "\\",
                "&",
                "&#;",
                "\\u00",
                ""
            })
    void otherTextsStay(String text) {
        // Given
        mask.learn("kafka", "hunter2-and-more", "(a)");
        mask.learn("jaas", "\\%&\n\\\"<", "(b)");

        // When
        String hidden = mask.hidden(text);

        // Then
        assertThat(hidden).isEqualTo(text);
    }

    /** A private key has line breaks, and a text that quotes it has those of its own format. */
    @Test
    void aPrivateKeyOfManyLinesIsHiddenOnASmallStack() throws InterruptedException {
        // Given
        String key = "-----BEGIN PRIVATE KEY-----\n" + "MIIEvQ/+IBADANBgkqhkiG9w0BAQ=\n".repeat(2_000);
        mask.learn("key", key, "(a)");
        AtomicReference<String> hidden = new AtomicReference<>();

        // When
        Thread small = new Thread(
                null,
                () -> hidden.set(mask.hidden("x".repeat(1_000_000) + TextNode.valueOf(key) + key.replace("\n", " "))),
                "small",
                256 << 10);
        small.start();
        small.join();

        // Then
        assertThat(hidden.get()).isEqualTo("x".repeat(1_000_000) + "\"(a)\"(a)");
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
        for (int number = 0; number < 600; number++) {
            mask.learn("kafka", "value-number-" + number, "(hidden)");
        }

        // When
        String hidden = mask.hidden("value-number-1 value-number-599");

        // Then
        assertThat(hidden).isEqualTo("value-number-1 (hidden)");
    }
}
