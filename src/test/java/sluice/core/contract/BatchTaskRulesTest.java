package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchTaskRulesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectNode task = read(Specs.text("index-parallel"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/spec/dataSchema/granularitySpec|{\"intervals\": [\"2026-02-30/2026-03-01\"]}|SLU-2001",
                "/spec/dataSchema/granularitySpec|{\"intervals\": [\"2026-01-02/2026-01-01\"]}|SLU-2001",
                "/spec/dataSchema/granularitySpec|{\"intervals\": [\"2026-01-01/2026-01-01\"]}|SLU-2002",
                "/spec/dataSchema/granularitySpec|{\"intervals\": []}|SLU-2004",
                "/spec/dataSchema/granularitySpec|{\"intervals\": [\"2026-01-01T01/2026-01-02\"]}|SLU-2005",
                "/spec/dataSchema/granularitySpec|{\"intervals\": [\"2026-01-01/2026-01-03\", \"2026-01-02/2026-01-04\"]}|SLU-2006",
                "/spec/dataSchema/granularitySpec|{\"queryGranularity\": \"MONTH\"}|SLU-2007",
                "/spec/dataSchema/granularitySpec|{\"segmentGranularity\": \"NONE\"}|SLU-2008",
                "/spec/dataSchema/granularitySpec|{\"segmentGranularity\": \"ALL\"}|SLU-2010",
                "/spec/dataSchema/timestampSpec|{\"format\": \"isso\"}|SLU-2068",
                "/spec/dataSchema/timestampSpec|{\"format\": \"yyyy-bb\"}|SLU-2068",
                "/spec/dataSchema/timestampSpec|{\"column\": null}|SLU-2070",
                "/spec/dataSchema|{\"timestampSpec\": null}|SLU-2069",
                "/spec/ioConfig|{\"inputFormat\": null}|SLU-2060",
                "/spec/ioConfig|{\"inputFormat\": {\"type\": \"csv\"}}|SLU-2061",
                "/spec/ioConfig|{\"inputFormat\": {\"type\": \"csv\", \"columns\": [\"a\"], \"findColumnsFromHeader\": true}}|SLU-2062",
                "/spec/ioConfig|{\"inputFormat\": {\"type\": \"tsv\", \"columns\": [\"a\", \"a\"]}}|SLU-2063",
                "/spec/ioConfig|{\"inputFormat\": {\"type\": \"json\", \"flattenSpec\": {\"fields\": [{\"type\": \"path\", \"name\": \"a\"}]}}}|SLU-2071",
                "/spec/ioConfig|{\"inputFormat\": {\"type\": \"json\", \"flattenSpec\": {\"fields\": [{\"type\": \"tree\", \"name\": \"a\"}]}}}|SLU-2071",
                "/spec/ioConfig|{\"inputSource\": {\"type\": \"local\", \"baseDir\": \"/data\"}}|SLU-2064",
                "/spec/ioConfig|{\"inputSource\": {\"type\": \"local\"}}|SLU-2064",
                "/spec/ioConfig|{\"inputSource\": {\"type\": \"local\", \"baseDir\": \"\", \"filter\": \"*\"}}|SLU-2064",
                "/spec/ioConfig|{\"inputSource\": {\"type\": \"inline\", \"data\": \"\"}}|SLU-1007",
                "/spec/ioConfig|{\"inputSource\": {\"type\": \"sql\", \"sqls\": [\"select 1\"]}}|SLU-1002",
                "/spec/ioConfig|{\"inputSource\": {\"type\": \"http\", \"uris\": [\"ftp://a/b\"]}}|SLU-2065",
                "/spec/ioConfig|{\"inputSource\": {\"type\": \"druid\", \"dataSource\": \"a\"}}|SLU-2066",
                "/spec/ioConfig|{\"inputSource\": {\"type\": \"s3\"}}|SLU-2067",
                "/spec/ioConfig|{\"inputSource\": {\"type\": \"combining\", \"delegates\": [{\"type\": \"s3\", \"uris\": [\"s3://a/b\"], \"prefixes\": [\"s3://a/\"]}]}}|SLU-2067"
            })
    void aTaskThatWouldNotDoWhatItsAuthorMeansIsReported(String place, String change, String code)
            throws JsonProcessingException {
        ((ObjectNode) task.at(place)).setAll((ObjectNode) JSON.readTree(change));

        assertThat(codes(task)).contains(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/spec/dataSchema/timestampSpec|{\"format\": \"yyyy-MM-dd'T'HH:mm\"}|SLU-2068",
                "/spec/dataSchema/timestampSpec|{\"format\": \"POSIX\"}|SLU-2068",
                "/spec/dataSchema/granularitySpec|{\"intervals\": [\"2026-01-01/2026-01-02\", \"2026-01-02/2026-01-03\"]}|SLU-2006",
                "/spec/ioConfig|{\"inputFormat\": {\"type\": \"csv\", \"hasHeaderRow\": true}}|SLU-2061",
                "/spec/ioConfig|{\"inputSource\": {\"type\": \"local\", \"files\": [\"/data/a\"]}}|SLU-2064",
                "/spec/ioConfig|{\"inputSource\": {\"type\": \"http\", \"uris\": [\"HTTPS://a/b\"]}}|SLU-2065",
                "/spec/ioConfig|{\"inputFormat\": null, \"inputSource\": {\"type\": \"druid\", \"dataSource\": \"a\", \"interval\": \"2026/2027\"}}|SLU-2060",
                "/spec/ioConfig|{\"inputFormat\": null, \"inputSource\": {\"type\": \"combining\", \"delegates\": [{\"type\": \"sql\"}]}}|SLU-2060"
            })
    void aTaskThatDoesWhatItsAuthorMeansIsNotReported(String place, String change, String code)
            throws JsonProcessingException {
        ((ObjectNode) task.at(place)).setAll((ObjectNode) JSON.readTree(change));

        assertThat(codes(task)).doesNotContain(code);
    }

    @ParameterizedTest
    @CsvSource({"uniform, false, SLU-2003", "arbitrary, false, SLU-2009", "arbitrary, true, SLU-2009"})
    void aTaskWithoutIntervalsThatDropsNothingIsFoundByItsGranularity(String type, boolean appends, String code) {
        ObjectNode granularity = (ObjectNode) task.at("/spec/dataSchema/granularitySpec");
        granularity.put("type", type).remove("intervals");
        ((ObjectNode) task.at("/spec/ioConfig")).put("dropExisting", false).put("appendToExisting", appends);

        assertThat(codes(task)).contains(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|'/granularitySpec/segmentGranularity'|DAY",
                "{\"segmentGranularity\": \"HOUR\"}|differs|HOUR",
            })
    void aCompactionWithTwoSegmentGranularitiesIsRefused(String granularity, String words, String mended)
            throws Exception {
        // Given
        ObjectNode compaction = read(Specs.text("compact"));
        compaction.put("segmentGranularity", "DAY").set("granularitySpec", JSON.readTree(granularity));

        // When
        List<Finding> findings = Contract.forDruid("33").check(compaction);
        String text =
                SpecFix.json(compaction.toString(), Contract.forDruid("33")).text();

        // Then
        assertThat(findings)
                .filteredOn(finding -> finding.code().equals("SLU-2101"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.pointer()).isEqualTo("/segmentGranularity");
                    assertThat(finding.message() + finding.suggestion()).contains(words);
                });
        assertThat(JSON.readTree(text).at("/granularitySpec/segmentGranularity").textValue())
                .isEqualTo(mended);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"DAY\"", "\"day\"", "{\"type\": \"period\", \"period\": \"P1D\"}"})
    void aCompactionThatSaysItsSegmentGranularityTwiceAlikeIsAccepted(String same) throws JsonProcessingException {
        ObjectNode compaction = read(Specs.text("compact"));
        compaction
                .put("segmentGranularity", "DAY")
                .set("granularitySpec", JSON.createObjectNode().set("segmentGranularity", JSON.readTree(same)));

        assertThat(codes(compaction)).doesNotContain("SLU-2101");
    }

    @ParameterizedTest
    @CsvSource({"kill", "archive", "move", "restore"})
    void aNameThatCannotStandInTheTasksIdIsFound(String type) {
        ObjectNode task = JSON.createObjectNode()
                .put("type", type)
                .put("dataSource", "a/b")
                .put("interval", "2026-01-01/2026-01-02");

        assertThat(codes(task)).contains("SLU-1007");
    }

    private static List<String> codes(JsonNode document) {
        return Contract.forDruid("33").check("task", document).stream()
                .map(Finding::code)
                .toList();
    }

    private static ObjectNode read(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(malformed);
        }
    }
}
