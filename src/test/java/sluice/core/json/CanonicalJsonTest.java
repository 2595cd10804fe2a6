package sluice.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
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

    private static JsonNode json(String text) throws IOException {
        return JsonMapper.builder().build().readTree(text);
    }
}
