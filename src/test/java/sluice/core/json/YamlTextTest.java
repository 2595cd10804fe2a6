package sluice.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTextTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "~, null",
                "Null, null",
                "True, true",
                "FALSE, false",
                "0, 0",
                "+7, 7",
                "-12, -12",
                "9223372036854775807, 9223372036854775807",
                "9223372036854775808, 9223372036854775808",
                "1.50, 1.5",
                ".5, 0.5",
                "1e3, 1000.0",
                "yes, \"yes\"",
                "on, \"on\"",
                "0777, \"0777\"",
                "00.5, \"00.5\"",
                "1_000, \"1_000\"",
                "12:30:00, \"12:30:00\"",
                "2026-01-01, \"2026-01-01\"",
                ".inf, \".inf\"",
                "'1', \"1\"",
                "\"true\", \"true\"",
                "!!str 1, \"1\""
            })
    void aScalarMeansWhatItMeansInJson(String yaml, String expected)
            throws UnreadableTextException, JsonProcessingException {
        assertThat(read("v: " + yaml).path("v").toString()).isEqualTo(expected);
    }

    @Test
    void anEmptyValueIsNull() throws UnreadableTextException {
        assertThat(read("v:").get("v").isNull()).isTrue();
    }

    @Test
    void mergedMappingsGiveTheKeysThatTheObjectLacks() throws UnreadableTextException, JsonProcessingException {
        JsonNode root = read(
                """
                one: &one {a: 1, b: 1}
                two: &two {b: 2, c: 2}
                both:
                  <<: [*one, *two]
                  a: own
                """);

        assertThat(root.get("both")).isEqualTo(JSON.readTree("{\"a\": \"own\", \"b\": 1, \"c\": 2}"));
    }

    @Test
    void aQuotedMergeKeyIsAKeyLikeAnyOther() throws UnreadableTextException {
        assertThat(read("'<<': {a: 1}").has("<<")).isTrue();
    }

    @Test
    void aRepeatedKeyIsReportedWithItsPlace() throws UnreadableTextException {
        List<String> found = new ArrayList<>();

        JsonNode root = YamlText.read(
                        "a: 1\nb: 2\na: 3\n",
                        (position, pointer, key) ->
                                found.add(pointer + " " + key + " " + position.line() + ":" + position.column()))
                .root();

        assertThat(found).containsExactly("/a a 3:1");
        assertThat(root.get("a").intValue()).isEqualTo(3);
    }

    @Test
    void partsOfTheDocumentHaveTheirPlaces() throws UnreadableTextException {
        LocatedDocument document = YamlText.read("a:\n  - x\n  - 'y'\n", (position, pointer, key) -> {});

        assertThat(document.keys().get("/a")).isEqualTo(new Position(1, 1));
        assertThat(document.values().get("/a/1")).isEqualTo(new Position(3, 5));
        assertThat(document.plain()).containsExactly("/a/0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|The document is empty|1",
                "# only a comment|The document is empty|1",
                "a: 1\\n---\\nb: 2|A second document begins here|3",
                "a: [1|expected|1",
                "a: !!float 1|The tag tag:yaml.org,2002:float is not supported|1",
                "a: !own {b: 1}|The tag !own is not supported|1",
                "a: !!set [b]|The tag tag:yaml.org,2002:set is not supported|1",
                "a: 1\\nb: !own%20 1|A tag must not begin or end with a blank|2",
                "a: !<%20> 1|A tag must not begin or end with a blank|1",
                "? [a, b]\\n: c|A key must be a text|1",
                "a: &a 1\\nb: {<<: *a}|'<<' merges objects|1"
            })
    void whatIsNoDocumentIsRefusedWithItsPlace(String text, String message, int line) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
                .asInstanceOf(type(UnreadableTextException.class))
                .satisfies(refused -> {
                    assertThat(refused.getMessage()).contains(message);
                    assertThat(refused.position().line()).isEqualTo(line);
                });
    }

    @Test
    void aDeepDocumentIsRefused() {
        assertThatThrownBy(() -> read("[".repeat(62) + "]".repeat(62)))
                .isInstanceOf(UnreadableTextException.class)
                .hasMessageContaining("60");
    }

    @Test
    void aDocumentThatAliasesInflateIsRefused() {
        StringBuilder text = new StringBuilder("a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
        for (int level = 1; level < 6; level++) {
            String alias = "*a" + (level - 1);
            text.append(
                    "a" + level + ": &a" + level + " [" + String.join(", ", Collections.nCopies(10, alias)) + "]\n");
        }

        assertThatThrownBy(() -> read(text.toString()))
                .isInstanceOf(UnreadableTextException.class)
                .hasMessageContaining("with aliases expanded");
    }

    @Test
    void aCharacterThatYamlForbidsIsRefused() {
        assertThatThrownBy(() -> read("a: \u0000")).isInstanceOf(UnreadableTextException.class);
    }

    private static JsonNode read(String text) throws UnreadableTextException {
        return YamlText.read(text, (position, pointer, key) -> {}).root();
    }
}
