package sluice.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunKindTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The words are part of run ids, of stored runs, of events and of the API. */
    @ParameterizedTest
    @CsvSource({"BATCH, batch", "COMPACT, compact", "KILL, kill"})
    void isStoredAsItsWord(RunKind kind, String word) throws JsonProcessingException {
        assertThat(kind.label()).isEqualTo(word);
        assertThat(MAPPER.writeValueAsString(kind)).isEqualTo('"' + word + '"');
        assertThat(MAPPER.readValue('"' + word + '"', RunKind.class)).isEqualTo(kind);
    }
}
