package sluice.core.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.batch.Batch;
import sluice.core.batch.TimeChunk;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.core.definition.Definitions;
import sluice.core.json.CanonicalJson;
import sluice.core.spec.SpecHints.History;

class SpecGeneratorTest {

    private static final Definition WIKIPEDIA = Definitions.of(Definitions.WIKIPEDIA);
    private static final Definition EVENTS = Definitions.of(Definitions.MINIMAL);

    @Test
    void replacesWholeChunksOfExplicitObjects() {
        Batch batch =
                Batches.of(WIKIPEDIA, "wikipedia/dt=2026-01-02/b c/é.json.gz", "wikipedia/dt=2026-01-01/a.json.gz");

        ObjectNode spec = generate(WIKIPEDIA, batch, SpecHints.NONE).spec();

        assertThat(spec.at("/spec/dataSchema/granularitySpec/intervals"))
                .extracting(JsonNode::textValue)
                .containsExactly(
                        "2026-01-01T00:00:00.000Z/2026-01-02T00:00:00.000Z",
                        "2026-01-02T00:00:00.000Z/2026-01-03T00:00:00.000Z");
        assertThat(spec.at("/spec/ioConfig/inputSource/objects"))
                .extracting(object -> object.path("path").textValue())
                .containsExactly("wikipedia/dt=2026-01-01/a.json.gz", "wikipedia/dt=2026-01-02/b c/é.json.gz");
        assertThat(spec.at("/spec/ioConfig/appendToExisting").booleanValue()).isFalse();
        assertThat(spec.at("/spec/ioConfig/dropExisting").booleanValue()).isTrue();
        assertThat(spec.at("/spec/tuningConfig/forceGuaranteedRollup").booleanValue())
                .isTrue();
        assertThat(spec.at("/spec/tuningConfig/maxParseExceptions").intValue()).isZero();
        assertThat(spec.at("/context/useConcurrentLocks").booleanValue())
                .as("a stream appends to the same datasource")
                .isTrue();
        assertThat(spec.has("id")).isFalse();
    }

    @Test
    void appendsWithDynamicPartitionsAndConcurrentLocks() {
        ObjectNode spec = generate(EVENTS, Batches.of(EVENTS, "events/dt=2026-01-01/a.csv"), SpecHints.NONE)
                .spec();

        assertThat(spec.at("/spec/ioConfig/appendToExisting").booleanValue()).isTrue();
        assertThat(spec.at("/spec/ioConfig/dropExisting").booleanValue()).isFalse();
        assertThat(spec.at("/spec/tuningConfig/partitionsSpec/type").textValue())
                .isEqualTo("dynamic");
        assertThat(spec.at("/spec/tuningConfig/forceGuaranteedRollup").booleanValue())
                .isFalse();
        assertThat(spec.at("/context/useConcurrentLocks").booleanValue()).isTrue();
    }

    @Test
    void replacingWithoutStreamTakesDruidsExclusiveLock() {
        Definition alone = Definitions.of(Definitions.MINIMAL.replace("append", "replace"));

        ObjectNode spec = generate(alone, Batches.of(alone, "events/dt=2026-01-01/a.csv"), SpecHints.NONE)
                .spec();

        assertThat(spec.get("context")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a.json, json",
        "a.JSON.gz, json",
        "a.jsonl.bz2, json",
        "a.ndjson.zst, json",
        "a.csv.xz, csv",
        "a.tsv, tsv",
        "a.snappy.parquet, parquet",
        "a.orc, orc",
        "a.avro.gz, avro_ocf"
    })
    void formatComesFromTheExtension(String name, String type) {
        ObjectNode spec = generate(EVENTS, Batches.of(EVENTS, "events/dt=2026-01-01/" + name), SpecHints.NONE)
                .spec();

        JsonNode inputFormat = spec.at("/spec/ioConfig/inputFormat");
        assertThat(inputFormat.path("type").textValue()).isEqualTo(type);
        assertThat(inputFormat.path("findColumnsFromHeader").asBoolean())
                .isEqualTo(type.equals("csv") || type.equals("tsv"));
    }

    @Test
    void unknownAndMixedFormatsAreRefusedByName() {
        Batch batch = Batches.of(
                EVENTS,
                "events/dt=2026-01-01/a.json",
                "events/dt=2026-01-01/b.csv",
                "events/dt=2026-01-01/c.GZ",
                "events/dt=2026-01-01/json");

        List<Finding> findings = refuse(EVENTS, batch);

        assertThat(findings).extracting(Finding::code).containsExactly("SLU-0101", "SLU-0102");
        assertThat(findings.get(0).message())
                .contains("s3://landing/events/dt=2026-01-01/c.GZ", "s3://landing/events/dt=2026-01-01/json");
        assertThat(findings.get(1).message()).contains("CSV (s3://landing/events/dt=2026-01-01/b.csv)");
    }

    @Test
    void emptyObjectsAreSaidAndNotGivenToDruid() {
        Batch some = Batches.of(
                EVENTS,
                List.of(
                        Batches.object("events/dt=2026-01-01/a.json", 0),
                        Batches.object("events/dt=2026-01-01/b.json", 5)));
        Batch none = Batches.of(EVENTS, List.of(Batches.object("events/dt=2026-01-01/a.json", 0)));

        Generation generation = SpecGenerator.generate(EVENTS, some, SpecHints.NONE, SpecDefaults.STANDARD);

        assertThat(generation.findings()).extracting(Finding::code).contains("SLU-0104");
        assertThat(((Generation.Generated) generation).spec().spec().at("/spec/ioConfig/inputSource/objects"))
                .hasSize(1);
        assertThat(refuse(EVENTS, none)).extracting(Finding::code).contains("SLU-0103");
    }

    @Test
    void chunksHaveToBeWhole() {
        TimeChunk half = new TimeChunk(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-01T12:00:00Z"));
        Batch batch = new Batch("events", List.of(half), List.of(Batches.object("events/dt=2026-01-01/a.json", 5)));

        assertThat(refuse(EVENTS, batch)).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("SLU-0105");
            assertThat(finding.expected()).contains("2026-01-01T00:00:00.000Z/2026-01-02T00:00:00.000Z");
        });
    }

    @Test
    void subTasksComeFromTheInputAndShareItEvenly() {
        Batch small = Batches.of(EVENTS, "events/dt=2026-01-01/a.json", "events/dt=2026-01-01/b.json");
        Batch large = Batches.of(
                EVENTS,
                List.of(
                        Batches.object("events/dt=2026-01-01/a.json.gz", 100_000_000),
                        Batches.object("events/dt=2026-01-01/b.json.gz", 100_000_000),
                        Batches.object("events/dt=2026-01-01/c.json.gz", 100_000_000)));

        JsonNode forSmall = generate(EVENTS, small, SpecHints.NONE).spec().at("/spec/tuningConfig");
        JsonNode forLarge = generate(EVENTS, large, SpecHints.NONE).spec().at("/spec/tuningConfig");

        assertThat(forSmall.path("maxNumConcurrentSubTasks").intValue()).isEqualTo(1);
        assertThat(forSmall.has("splitHintSpec")).isFalse();
        assertThat(forLarge.path("maxNumConcurrentSubTasks").intValue()).isEqualTo(3);
        assertThat(forLarge.at("/splitHintSpec/maxSplitSize").longValue()).isEqualTo(100_000_000);
    }

    @Test
    void segmentsAreSizedFromWhatEarlierRunsProduced() {
        // 10 rows a stored byte read, half of them combined, 250 bytes a stored row: 5 million rows would be 1.25 GB.
        History history = new History(1_000, 10_000, 5_000, 1_250_000, "HOUR");
        Batch batch = Batches.of(WIKIPEDIA, "wikipedia/dt=2026-01-01/a.json.gz");

        JsonNode partitions = generate(WIKIPEDIA, batch, new SpecHints(Map.of(), history))
                .spec()
                .at("/spec/tuningConfig/partitionsSpec");

        // 1 MB gives 10 million rows, 5 million of them stored, in segments of 2 million rows or 500 MB.
        assertThat(partitions.path("type").textValue()).isEqualTo("hashed");
        assertThat(partitions.path("numShards").intValue()).isEqualTo(3);
    }

    @Test
    void userFieldsWinAndWarningRunsGoOn() {
        Definition tuned = Definitions.of(Definitions.MINIMAL
                + "  tuningConfig: {maxNumConcurrentSubTasks: 7, maxRowsInMemory: 1000}\n  onViolation: warn\n");

        JsonNode tuning = generate(tuned, Batches.of(tuned, "events/dt=2026-01-01/a.json"), SpecHints.NONE)
                .spec()
                .at("/spec/tuningConfig");

        assertThat(tuning.path("maxNumConcurrentSubTasks").intValue()).isEqualTo(7);
        assertThat(tuning.path("maxRowsInMemory").intValue()).isEqualTo(1000);
        assertThat(tuning.has("maxParseExceptions")).isFalse();
    }

    @Test
    void hashIsOfTheCanonicalText() {
        GeneratedSpec generated = generate(EVENTS, Batches.of(EVENTS, "events/dt=2026-01-01/a.json"), SpecHints.NONE);

        assertThat(generated.json()).isEqualTo(CanonicalJson.text(generated.spec()));
        assertThat(generated.hash())
                .isEqualTo(CanonicalJson.sha256(generated.json()))
                .hasSize(64);
    }

    @Test
    void anotherDatasourcesBatchIsAMistakeOfTheCaller() {
        Batch batch = Batches.of(WIKIPEDIA, "wikipedia/dt=2026-01-01/a.json");

        assertThatThrownBy(() -> SpecGenerator.generate(EVENTS, batch, SpecHints.NONE, SpecDefaults.STANDARD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wikipedia");
    }

    private static GeneratedSpec generate(Definition definition, Batch batch, SpecHints hints) {
        Generation generation = SpecGenerator.generate(definition, batch, hints, SpecDefaults.STANDARD);
        assertThat(generation).isInstanceOf(Generation.Generated.class);
        return ((Generation.Generated) generation).spec();
    }

    private static List<Finding> refuse(Definition definition, Batch batch) {
        Generation generation = SpecGenerator.generate(definition, batch, SpecHints.NONE, SpecDefaults.STANDARD);
        assertThat(generation).isInstanceOf(Generation.Refused.class);
        return generation.findings();
    }
}
