package sluice.entry.cli.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.definition.SegmentGranularity;

class KeyTimeTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "w/dt=2026-01-01/a.json,             DAY,   w/,       'dt='yyyy-MM-dd",
                "w/dt=2026-01-01/07/a.json,          DAY,   w/,       'dt='yyyy-MM-dd",
                "w/dt=2026-01-01/07/a.json,          HOUR,  w/,       'dt='yyyy-MM-dd/HH",
                "w/dt=2026-01-01/hr=07/a.json,       DAY,   w/,       'dt='yyyy-MM-dd/'hr='HH",
                "w/year=2026/month=01/day=31/a.json, DAY,   w/,       'year='yyyy/'month='MM/'day='dd",
                "w/2026/01/31/a.json,                MONTH, w/,       yyyy/MM/dd",
                "w/2026/01/a.json,                   MONTH, w/,       yyyy/MM",
                "logs/app-20260131.json,             DAY,   logs/app-, yyyyMMdd",
                "2026/a.json,                        YEAR,  \"\",     yyyy",
            })
    void theTimeIsMadeOutFromTheKey(String key, SegmentGranularity granularity, String prefix, String timeChunk) {
        assertThat(KeyTime.of(List.of(key), granularity)).contains(new KeyTime(prefix, timeChunk));
    }

    @ParameterizedTest
    @CsvSource({
        "w/a.json,                DAY",
        "w/2026/a.json,           DAY",
        "w/2026-13-41/a.json,     DAY",
        "w/id-1234567890/a.json,  YEAR",
        "w/2026-01-01/a.json,     HOUR",
    })
    void whereThereIsNoneOrOneTooCoarseThereIsNone(String key, SegmentGranularity granularity) {
        assertThat(KeyTime.of(List.of(key), granularity)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a/2026-01-01/x.json, b/2026-01-01/x.json", "a/2026-01-01/x.json, a/later/x.json"})
    void allKeysHaveToAgree(String first, String second) {
        assertThat(KeyTime.of(List.of(first, second), SegmentGranularity.DAY)).isEmpty();
    }
}
