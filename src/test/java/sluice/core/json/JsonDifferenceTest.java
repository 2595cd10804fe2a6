package sluice.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import sluice.core.json.Change.Kind;

class JsonDifferenceTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void equalDocumentsDoNotDiffer() throws JsonProcessingException {
        assertThat(JsonDifference.between(json("{\"a\":1,\"b\":[1,2]}"), json("{\"b\":[1,2],\"a\":1}")))
                .isEmpty();
    }

    @Test
    void keysAreAddedRemovedAndReplaced() throws JsonProcessingException {
        assertThat(JsonDifference.between(json("{\"a\":{\"x/y\":1},\"b\":2}"), json("{\"a\":{\"x/y\":3},\"c\":4}")))
                .containsExactly(
                        new Change(Kind.REPLACED, "/a/x~1y", json("1"), json("3")),
                        new Change(Kind.REMOVED, "/b", json("2"), null),
                        new Change(Kind.ADDED, "/c", null, json("4")));
    }

    @Test
    void anEntryThatComesFirstIsOneChange() throws JsonProcessingException {
        assertThat(JsonDifference.between(json("[\"a\",\"b\"]"), json("[\"new\",\"a\",\"b\"]")))
                .containsExactly(new Change(Kind.ADDED, "/0", null, json("\"new\"")));
    }

    @Test
    void anotherOrderIsAChangeOfTheWholeList() throws JsonProcessingException {
        assertThat(JsonDifference.between(json("[\"a\",\"b\"]"), json("[\"b\",\"a\"]")))
                .containsExactly(new Change(Kind.REPLACED, "", json("[\"a\",\"b\"]"), json("[\"b\",\"a\"]")));
    }

    @Test
    void anEntryThatStandsTwiceAndThenOnceIsRemovedOnce() throws JsonProcessingException {
        assertThat(JsonDifference.between(json("[\"a\",\"a\"]"), json("[\"a\"]")))
                .containsExactly(new Change(Kind.REMOVED, "/1", json("\"a\""), null));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }
}
