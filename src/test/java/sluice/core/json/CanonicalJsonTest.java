package sluice.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    @Test
    void keysAreSortedAndNumbersAreWrittenTheOneWay() throws IOException {
        JsonNode node = json("{\"b\": [1.0, 1e2, 0.1, 1e-7, -0.0], \"a\": {\"é\": \"\\u0041/\\n\", \"B\": null}}");

        assertThat(CanonicalJson.text(node)).isEqualTo("{\"a\":{\"B\":null,\"é\":\"A/\\n\"},\"b\":[1,100,0.1,1e-7,0]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"a\"", "null", "true", "[]", "{}"})
    void everyKindOfValueHasACanonicalText(String text) throws IOException {
        assertThat(CanonicalJson.text(json(text))).isEqualTo(text);
    }

    @Test
    void hashIsOfTheTextInUtf8() {
        assertThat(CanonicalJson.sha256("é"))
                .isEqualTo("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
    }

    @Test
    void integersThatADoubleCannotCarryAreRefused() throws IOException {
        JsonNode exact = json("{\"a\": [9007199254740991, -9007199254740991]}");
        JsonNode rounded = json("{\"a\": [0, 9007199254740992]}");

        assertThat(CanonicalJson.text(exact)).contains("9007199254740991");
        assertThatThrownBy(() -> CanonicalJson.text(rounded))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/a/1");
    }

    @Test
    void randomDocumentsAreWrittenAsTheReferenceImplementationWritesThem() throws IOException {
        // Given
        Random random = new Random(1);
        for (int document = 0; document < 2_000; document++) {
            JsonNode node = JsonNodeFactory.instance.arrayNode().add(anything(random, 4));

            // When
            String text = CanonicalJson.text(node);

            // Then
            assertThat(text).isEqualTo(new JsonCanonicalizer(node.toString()).getEncodedString());
        }
    }

    private static JsonNode anything(Random random, int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(depth == 0 ? 8 : 12)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.booleanNode(random.nextBoolean());
            case 2 -> nodes.numberNode(random.nextInt());
            case 3 -> nodes.numberNode(random.nextLong() >> 11);
            case 4 -> nodes.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30));
            case 5 -> nodes.numberNode((float) random.nextGaussian());
            case 6 -> nodes.numberNode(BigDecimal.valueOf(random.nextInt(), random.nextInt(40) - 20));
            case 7 -> nodes.textNode(text(random));
            case 8, 9 -> {
                ArrayNode array = nodes.arrayNode();
                IntStream.range(0, random.nextInt(5)).forEach(any -> array.add(anything(random, depth - 1)));
                yield array;
            }
            default -> {
                ObjectNode object = nodes.objectNode();
                IntStream.range(0, random.nextInt(5))
                        .forEach(any -> object.set(text(random), anything(random, depth - 1)));
                yield object;
            }
        };
    }

    /** Control characters, quotes, letters of all planes. */
    private static String text(Random random) {
        int[] ends = {0x20, 0x7F, 0x80, 0x7FF, 0xD800, 0x20000};
        return IntStream.range(0, random.nextInt(6))
                .map(any -> random.nextInt(ends[random.nextInt(ends.length)]))
                .filter(character -> character < 0xD800 || character > 0xDFFF)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static JsonNode json(String text) throws IOException {
        return JsonMapper.builder().build().readTree(text);
    }
}
