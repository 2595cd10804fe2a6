package sluice.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

    @Test
    void everyKindOfValueIsRead() throws UnreadableTextException {
        String text = "{\"a\":[1,-2.5,true,false,null,\"x\",123456789012345678901234567890],\"b\":{}}";

        LocatedDocument document = JsonText.read(text, (position, pointer, key) -> {});

        assertThat(document.root()).hasToString(text);
        assertThat(document.plain()).isEmpty();
    }

    @Test
    void partsOfTheDocumentHaveTheirPlaces() throws UnreadableTextException {
        LocatedDocument document = JsonText.read("{\n  \"a/b\": [\n    7]\n}", (position, pointer, key) -> {});

        assertThat(document.keys().get("/a~1b")).isEqualTo(new Position(2, 3));
        assertThat(document.values().get("/a~1b/0")).isEqualTo(new Position(3, 5));
    }

    @Test
    void aRepeatedKeyIsReportedAndItsLastValueCounts() throws UnreadableTextException {
        List<String> found = new ArrayList<>();

        LocatedDocument document = JsonText.read(
                "{\"a\":1,\"a\":2}",
                (position, pointer, key) -> found.add(pointer + " " + key + " " + position.column()));

        assertThat(found).containsExactly("/a a 8");
        assertThat(document.root().path("a").intValue()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|The document is empty|1",
                "{} {}|the text continues|4",
                "{} 7|the text continues|4",
                "{\"a\": nul}|nul|7",
                "{\"a\" 1}|colon|6",
                "[1, ]|value|5"
            })
    void whatIsNoDocumentIsRefusedWithItsPlace(String text, String message, int column) {
        assertThatThrownBy(() -> JsonText.read(text, (position, pointer, key) -> {}))
                .asInstanceOf(type(UnreadableTextException.class))
                .satisfies(refused -> {
                    assertThat(refused.getMessage()).contains(message);
                    assertThat(refused.position()).isEqualTo(new Position(1, column));
                });
    }

    @Test
    void aDeepDocumentIsRefused() {
        assertThatThrownBy(() -> JsonText.read("[".repeat(62) + "]".repeat(62), (position, pointer, key) -> {}))
                .isInstanceOf(UnreadableTextException.class)
                .hasMessage("Nested deeper than 60 levels");
    }
}
