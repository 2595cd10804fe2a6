package sluice.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowQuotesTest {

    /** As Druid 33, its parsers and Java's say it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Timestamp[alice] is unparseable! Event: {ts=alice, user=alice}",
                "Unable to parse row [alice,1] (Path: s3://b/k.csv, Record: 3, Line: 4)",
                "Unable to parse value[alice] for field[user]",
                "Found unparseable columns in row: [MapBasedInputRow{event={user=alice}}], exceptions: [could not convert value [alice] to long]",
                "Unrecognized token 'alice': was expecting (JSON String, Number)",
                "java.lang.NumberFormatException: For input string: \"alice\"",
                "Max parse exceptions exceeded: Unparseable timestamp found! Event: {user=a], rest=alice",
                "Invalid format: \"alice\" is malformed at \"ice\"",
                "java.text.ParseException: Unparseable date: \"alice\"",
                "Malformed record\nalice"
            })
    void aRowIsNotQuoted(String text) {
        assertThat(RowQuotes.cut(text)).doesNotContain("alice");
        assertThat(RowQuotes.cutIfAboutRows(text)).doesNotContain("alice");
        assertThat(RowQuotes.cutSample("cluster main: sample: HTTP 400: Failed to sample data: " + text))
                .doesNotContain("alice")
                .contains("Failed to sample data");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Unable to parse row [x] (Path: s3://b/k, Record: 2)|Unable to parse row ... (Path: s3://b/k, Record: 2)",
                "Cannot read (Path: s3://b/k, Record: 2, Line: 3)|Cannot read (Path: s3://b/k, Record: 2, Line: 3)",
                "Unable to parse row [x (Path: alice, Record: 2) y]|Unable to parse row ...",
                "no quotation|no quotation"
            })
    void thePlaceOfTheRowStays(String text, String expected) {
        assertThat(RowQuotes.cut(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Task [index_parallel_wiki_x] failed to acquire lock [2026-01-01/2026-01-02]",
                "TaskInfo disappeared",
                "Failed to assign this task. See overlord logs for more details. (worker 'a')"
            })
    void otherErrorsOfTasksStayWhole(String text) {
        assertThat(RowQuotes.cutIfAboutRows(text)).isEqualTo(text);
    }

    @Test
    void aRefusalOfTheSpecStaysUpToTheQuotedSource() {
        String refusal = "cluster main: sample: HTTP 400: Cannot construct instance of `a.B`, problem: uris\n"
                + " at [Source: (String)\"{alice}\"; line: 1]";

        assertThat(RowQuotes.cutSample(refusal)).endsWith("Cannot construct instance of `a.B`, problem: uris");
    }
}
