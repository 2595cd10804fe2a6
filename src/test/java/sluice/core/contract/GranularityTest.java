package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GranularityTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"day\"|DAY",
                "{\"type\": \"period\", \"period\": \"P1D\"}|DAY",
                "{\"type\": \"period\", \"period\": \"P1D\", \"timeZone\": \"UTC\"}|DAY",
                "{\"type\": \"period\", \"period\": \"P1D\", \"timeZone\": \"Etc/UTC\"}|DAY",
                "{\"type\": \"period\", \"period\": \"P1D\", \"timeZone\": \"Europe/Paris\"}|P1D",
                "{\"type\": \"period\", \"period\": \"P1D\", \"origin\": \"2026-01-01T06:00:00Z\"}|P1D",
                "{\"type\": \"period\", \"period\": \"P2D\"}|P2D",
                "{\"type\": \"all\"}|ALL",
                "{\"type\": \"none\"}|NONE"
            })
    void aGranularityHasItsNameOrItsPeriod(String json, String name) throws JsonProcessingException {
        assertThat(read(json).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"fortnight\"",
                "7",
                "null",
                "{}",
                "{\"type\": \"duration\", \"duration\": 7200000}",
                "{\"type\": \"period\", \"period\": \"soon\"}"
            })
    void whatIsNoGranularityIsNull(String json) throws JsonProcessingException {
        assertThat(read(json)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "HOUR, 2026-01-05T07:00:00Z, true",
        "HOUR, 2026-01-05T07:30:00Z, false",
        "DAY, 2026-01-05T00:00:00Z, true",
        "DAY, 2026-01-05T07:00:00Z, false",
        "WEEK, 2026-01-05T00:00:00Z, true",
        "WEEK, 2026-01-06T00:00:00Z, false",
        "WEEK, 2026-01-05T07:00:00Z, false",
        "MONTH, 2026-02-01T00:00:00Z, true",
        "MONTH, 2026-02-02T00:00:00Z, false",
        "MONTH, 2026-02-01T01:00:00Z, false",
        "QUARTER, 2026-04-01T00:00:00Z, true",
        "QUARTER, 2026-02-01T00:00:00Z, false",
        "QUARTER, 2026-04-02T00:00:00Z, false",
        "QUARTER, 2026-04-01T01:00:00Z, false",
        "YEAR, 2026-01-01T00:00:00Z, true",
        "YEAR, 2026-02-01T00:00:00Z, false",
        "YEAR, 2026-01-01T01:00:00Z, false",
        "ALL, 2026-01-05T07:30:00Z, true",
        "NONE, 2026-01-05T07:30:00Z, true"
    })
    void bucketsStartAtTheBoundariesOfTheCalendar(String name, Instant instant, boolean starts)
            throws JsonProcessingException {
        assertThat(read('"' + name + '"').startsAt(instant.toEpochMilli())).isEqualTo(starts);
    }

    @Test
    void theBoundariesOfAnotherTimeZoneAreNotKnown() throws JsonProcessingException {
        Granularity paris = read("{\"period\": \"P1D\", \"timeZone\": \"Europe/Paris\"}");

        assertThat(paris.startsAt(Instant.parse("2026-01-05T07:30:00Z").toEpochMilli()))
                .isTrue();
    }

    private static Granularity read(String json) throws JsonProcessingException {
        return Granularity.of(SpecNode.root(JSON.readTree(json)));
    }
}
