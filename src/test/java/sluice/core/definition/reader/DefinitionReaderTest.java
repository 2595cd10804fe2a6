package sluice.core.definition.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.BatchDefinition.OnViolation;
import sluice.core.definition.Compaction;
import sluice.core.definition.Definition;
import sluice.core.definition.Definitions;
import sluice.core.definition.Drift;
import sluice.core.definition.Expectation;
import sluice.core.definition.Rollup;
import sluice.core.definition.SegmentGranularity;
import sluice.core.definition.Trigger;
import sluice.core.definition.TypicalQuery;

class DefinitionReaderTest {

    @Test
    void readsEveryPart() {
        Definition definition = Definitions.of(Definitions.WIKIPEDIA);

        assertThat(definition.datasource()).isEqualTo("wikipedia");
        assertThat(definition.clusters()).containsExactly("main");
        assertThat(definition.schema().segmentGranularity()).isEqualTo(SegmentGranularity.DAY);
        assertThat(definition.schema().queryGranularity().textValue()).isEqualTo("HOUR");
        assertThat(definition.schema().rollup()).isEqualTo(Rollup.ON);
        BatchDefinition batch = definition.batch();
        assertThat(batch.source().bucket()).isEqualTo("landing");
        assertThat(batch.source().timeChunk().pattern()).isEqualTo("'dt='yyyy-MM-dd");
        assertThat(batch.mode()).isEqualTo(Mode.REPLACE);
        assertThat(batch.trigger()).isEqualTo(new Trigger.OnObject(Duration.ofMinutes(1)));
        assertThat(batch.expect().thrownAway().max()).isZero();
        assertThat(batch.onViolation()).isEqualTo(OnViolation.ROLLBACK);
        assertThat(definition.stream()).hasSize(1);
        assertThat(definition.stream()
                        .get(0)
                        .ioConfig()
                        .at("/consumerProperties/bootstrap.servers")
                        .textValue())
                .isEqualTo("localhost:9092");
        assertThat(definition.retention().tiers()).isEqualTo(Map.of("hot", 2, "_default_tier", 1));
        assertThat(definition.compaction().engine()).isEqualTo(Compaction.Engine.NATIVE);
        assertThat(definition.queries()).containsExactly(new TypicalQuery("P1D", "HOUR", List.of("channel")));
        assertThat(definition.drift()).isEqualTo(Drift.FAIL);
    }

    @Test
    void aDefinitionThatFiltersRowsMayThrowAnyNumberAway() {
        // Given
        String filtering = Definitions.MINIMAL.replace(
                "batch:", "  transformSpec: {filter: {type: selector, dimension: page, value: a}}\nbatch:");

        // Then
        assertThat(Definitions.of(filtering).requireBatch().expect()).isEqualTo(Expectation.DEFAULT_WITH_FILTER);
    }

    @Test
    void minimalDefinitionGetsDefaults() {
        BatchDefinition batch = Definitions.of(Definitions.MINIMAL).batch();

        assertThat(batch.trigger()).isEqualTo(new Trigger.OnObject(Trigger.DEFAULT_SETTLE));
        assertThat(batch.expect()).isEqualTo(Expectation.DEFAULT);
        assertThat(batch.onViolation()).isEqualTo(OnViolation.FAIL);
        assertThat(batch.timeout()).isNull();
        assertThat(batch.priority()).isNull();
        assertThat(batch.inputFormatIsAuto()).isTrue();
        assertThat(batch.partitionsAreAuto()).isTrue();
    }

    @Test
    void onIsAKeyAndNotABoolean() {
        String text = Definitions.MINIMAL + "  trigger: {on: marker, name: _SUCCESS}\n";

        assertThat(Definitions.of(text).batch().trigger()).isEqualTo(new Trigger.OnMarker("_SUCCESS"));
    }

    @Test
    void unknownKeyNamesTheNearestAndItsPlace() {
        Finding finding = onlyError(Definitions.MINIMAL.replace("mode: append", "mode: append\n  inputFromat: auto"));

        assertThat(finding.code()).isEqualTo("SLU-0004");
        assertThat(finding.pointer()).isEqualTo("/batch/inputFromat");
        assertThat(finding.suggestion()).isEqualTo("inputFormat");
        assertThat(finding.line()).isEqualTo(11);
        assertThat(finding.column()).isEqualTo(3);
    }

    @Test
    void modeHasNoDefault() {
        Finding finding = onlyError(Definitions.MINIMAL.replace("  mode: append\n", ""));

        assertThat(finding.code()).isEqualTo("SLU-0005");
        assertThat(finding.message()).contains("mode");
        assertThat(finding.expected()).contains("replace or append");
    }

    @Test
    void duplicateKeyIsAnErrorInYamlAndJson() {
        Finding inYaml = onlyError(Definitions.MINIMAL + "  mode: replace\n");
        List<Finding> inJson = errors("{\"apiVersion\":\"sluice/v1\",\n\"apiVersion\":\"sluice/v1\"}", "x.json");

        assertThat(inYaml.code()).isEqualTo("SLU-0003");
        assertThat(inYaml.line()).isEqualTo(11);
        assertThat(inJson).anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo("SLU-0003");
            assertThat(finding.line()).isEqualTo(2);
        });
    }

    @Test
    void textAfterTheDocumentIsAnError() {
        assertThat(onlyError(Definitions.MINIMAL + "---\na: 1\n").message()).contains("second document");
        assertThat(errors("{} {}", "x.json")).singleElement().satisfies(finding -> assertThat(finding.message())
                .contains("the text continues"));
        assertThat(errors("{} x", "x.json")).isNotEmpty();
    }

    @Test
    void jsonAndYamlOfTheSameDocumentHaveTheSameHash() {
        Definition yaml = Definitions.of(Definitions.MINIMAL);
        String json = "\t" + yaml.document().toPrettyString().replace("  ", "\t");

        ReadResult result = DefinitionReader.read(json, "definition.JSON", Map.of());

        assertThat(result).isInstanceOf(ReadResult.Valid.class);
        assertThat(((ReadResult.Valid) result).definition().hash()).isEqualTo(yaml.hash());
    }

    @Test
    void variablesHaveToBeAllowedAndSet() {
        String text = Definitions.MINIMAL.replace("landing", "\"${BUCKET}\"");

        assertThat(onlyError(text, new Variables(Set.of("BUCKETS"), Map.of("BUCKET", "b"))))
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("SLU-0008");
                    assertThat(finding.suggestion()).isEqualTo("BUCKETS");
                    assertThat(finding.line()).isEqualTo(9);
                });
        assertThat(onlyError(text, new Variables(Set.of("BUCKET"), Map.of())).code())
                .isEqualTo("SLU-0009");
        assertThat(onlyError(Definitions.MINIMAL.replace("landing", "\"${BUCKET\""), Variables.NONE)
                        .code())
                .isEqualTo("SLU-0010");
    }

    private static final Variables WITH_SECRETS = new Variables(
            Set.of("KAFKA", "BUCKET"), Map.of("KAFKA", "hunter2", "BUCKET", "${secret:KAFKA}"), Set.of("KAFKA"));

    private static String stream(String properties) {
        return Definitions.MINIMAL
                + "stream:\n  - {type: kafka, topic: clicks, consumerProperties: {bootstrap.servers: k, " + properties
                + "}}\n";
    }

    @Test
    void aSecretIsAPlaceholderUnderTheKeyOfASecret() {
        // Given
        String text = stream("sasl.jaas.config: \"x password='${KAFKA}';\", ssl.key.password: \"${KAFKA:-literal}\"");

        // When
        ReadResult result = DefinitionReader.read(text, "x.yaml", WITH_SECRETS);

        // Then
        assertThat(result).isInstanceOfSatisfying(ReadResult.Valid.class, valid -> {
            JsonNode properties = valid.definition().stream().get(0).ioConfig().path("consumerProperties");
            assertThat(properties.path("sasl.jaas.config").asText()).isEqualTo("x password='${secret:KAFKA}';");
            assertThat(properties.path("ssl.key.password").asText()).isEqualTo("${secret:KAFKA}");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drift: \"${KAFKA}\"",
                "stream: [{type: kafka, topic: \"${KAFKA}\", consumerProperties: {bootstrap.servers: k}}]",
                "stream: [{type: kafka, topic: t, consumerProperties: {bootstrap.servers: \"${KAFKA}\"}}]",
                "queries: [{password: \"${KAFKA}\"}]",
                "password: \"${KAFKA}\"",
                "retention: {password: {type: \"${KAFKA}\"}}"
            })
    void aSecretIsRefusedWhereItWouldBeShown(String part) {
        // When
        ReadResult result = DefinitionReader.read(Definitions.MINIMAL + part + "\n", "x.yaml", WITH_SECRETS);

        // Then
        assertThat(result).isInstanceOf(ReadResult.Invalid.class);
        assertThat(result.findings()).extracting(Finding::code).contains("SLU-0021");
        assertThat(result.findings())
                .allSatisfy(finding -> assertThat(finding.toString()).doesNotContain("hunter2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$${secret:KAFKA}", "${BUCKET}", "${KAFKA}$${secret:KAFKA}", "$$${secret:KAFKA}"})
    void aPlaceholderCannotBeWrittenByHand(String text) {
        // When
        ReadResult result = DefinitionReader.read(stream("ssl.key.password: \"" + text + "\""), "x.yaml", WITH_SECRETS);

        // Then
        assertThat(result).isInstanceOf(ReadResult.Invalid.class);
        assertThat(result.findings()).extracting(Finding::code).contains("SLU-0022");
    }

    @Test
    void variableWithoutQuotesMayBeANumber() {
        String text = Definitions.MINIMAL + "  priority: ${PRIORITY:-60}\n";

        ReadResult result =
                DefinitionReader.read(text, "x.yaml", new Variables(Set.of("PRIORITY"), Map.of("PRIORITY", "70")));

        assertThat(((ReadResult.Valid) result).definition().batch().priority()).isEqualTo(70);
    }

    @Test
    void doubledDollarIsAPlainOne() {
        String text = Definitions.MINIMAL.replace("prefix: events/", "prefix: \"$${events}/\"");

        assertThat(Definitions.of(text).batch().source().prefix()).isEqualTo("${events}/");
    }

    @Test
    void anchorsAndMergeKeysWork() {
        String text = Definitions.MINIMAL.replace("rollup: false}", "rollup: false, <<: {queryGranularity: &q MINUTE}}")
                + "  inputFormat: {type: json, note: *q}\n";

        Definition definition = Definitions.of(text);

        assertThat(definition.schema().queryGranularity().textValue()).isEqualTo("MINUTE");
        assertThat(definition.batch().inputFormat().get("note").textValue()).isEqualTo("MINUTE");
    }

    @Test
    void aliasesThatBlowUpAreRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 10; level++) {
            bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d, *a%2$d, *a%2$d, *a%2$d]\n".formatted(level, level - 1));
        }

        assertThat(errors(bomb.toString(), "x.yaml")).singleElement().satisfies(finding -> assertThat(finding.message())
                .contains("100000 values"));
        assertThat(errors("a: &a [*a]", "x.yaml")).singleElement().satisfies(finding -> assertThat(finding.message())
                .contains("Nested"));
    }

    @Test
    void hugeIntegersAreRefusedInsteadOfRounded() {
        Finding finding = onlyError(Definitions.MINIMAL + "  tuningConfig: {maxBytesInMemory: 9007199254740993}\n");

        assertThat(finding.code()).isEqualTo("SLU-0017");
        assertThat(finding.pointer()).isEqualTo("/batch/tuningConfig/maxBytesInMemory");
    }

    @Test
    void datasourceNamesAreDruids() {
        assertThat(onlyError(named("'a/b'")).message()).contains("slash");
        assertThat(onlyError(named("' '")).message()).contains("blank");
        assertThat(onlyError(named(".hidden")).message()).contains("dot");
        assertThat(onlyError(named("\"a\\tb\"")).message()).contains("white space");
        assertThat(DefinitionReader.read(named("'page views'"), "x.yaml", Map.of()))
                .isInstanceOfSatisfying(
                        ReadResult.Valid.class,
                        valid -> assertThat(valid.findings()).singleElement().satisfies(finding -> {
                            assertThat(finding.code()).isEqualTo("SLU-0012");
                            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                        }));
    }

    @Test
    void timeChunkHasToBeAsFineAsTheSegments() {
        Finding coarse = onlyError(Definitions.MINIMAL.replace("yyyy-MM-dd", "yyyy-MM"));
        Finding weekYear = onlyError(Definitions.MINIMAL.replace("yyyy-MM-dd", "YYYY-MM-dd"));

        assertThat(coarse.code()).isEqualTo("SLU-0013");
        assertThat(coarse.message()).contains("Months").contains("DAY");
        assertThat(weekYear.message()).contains("YYYY");
    }

    @Test
    void granularitiesWithoutChunksAreRefused() {
        assertThat(onlyError(granularity("ALL")).code()).isEqualTo("SLU-0014");
        assertThat(onlyError(granularity("DAYS")).suggestion()).isEqualTo("DAY");
        assertThat(onlyError(granularity("{type: period, period: P1D, timeZone: Europe/Berlin}"))
                        .code())
                .isEqualTo("SLU-0014");
        assertThat(Definitions.of(granularity("{type: period, period: P1D, timeZone: UTC}"))
                        .schema()
                        .segmentGranularity())
                .isEqualTo(SegmentGranularity.DAY);
    }

    @Test
    void settingsThatAnotherOneDecidesAreNamed() {
        Finding finding = onlyError(Definitions.MINIMAL + "  tuningConfig: {partitionsSpec: {type: dynamic}}\n");

        assertThat(finding.code()).isEqualTo("SLU-0018");
        assertThat(finding.suggestion()).isEqualTo("batch.partitions");
    }

    @Test
    void appendTakesDynamicPartitionsOnly() {
        Finding finding = onlyError(Definitions.MINIMAL + "  partitions: {type: hashed, numShards: 2}\n");

        assertThat(finding.code()).isEqualTo("SLU-0019");
    }

    @Test
    void whatIsHotIsKept() {
        Finding finding = onlyError(Definitions.MINIMAL + "retention: {keep: P30D, hot: P5W}\n");

        assertThat(finding.code()).isEqualTo("SLU-0019");
        assertThat(finding.pointer()).isEqualTo("/retention/hot");
        assertThat(DefinitionReader.read(
                                Definitions.MINIMAL + "retention: {keep: P1M, hot: P30D}\n",
                                "x.yaml",
                                Definitions.VARIABLES)
                        .findings())
                .isEmpty();
    }

    @Test
    void rollupWithoutMetricsIsSaid() {
        ReadResult result = DefinitionReader.read(
                Definitions.MINIMAL.replace(", rollup: false", ""), "x.yaml", Definitions.VARIABLES);

        assertThat(result).isInstanceOf(ReadResult.Valid.class);
        assertThat(result.findings()).extracting(Finding::code).containsExactly("SLU-0020");
    }

    @Test
    void everythingWrongIsFoundInOneGo() {
        String text = Definitions.MINIMAL
                .replace("sluice/v1", "sluice/v2")
                .replace("clusters: [main]", "clusters: []")
                .replace("mode: append", "mode: merge\n  timeout: soon\n  expect: {rows: {min: 5, max: 1}}");

        assertThat(errors(text, "x.yaml"))
                .extracting(Finding::pointer)
                .containsExactly("/apiVersion", "/clusters", "/batch/mode", "/batch/timeout", "/batch/expect/rows/min");
    }

    private static String named(String name) {
        return Definitions.MINIMAL.replace("datasource: events", "datasource: " + name);
    }

    private static String granularity(String granularity) {
        return Definitions.MINIMAL.replace("segmentGranularity: DAY", "segmentGranularity: " + granularity);
    }

    private static Finding onlyError(String text) {
        return onlyError(text, Variables.of(Definitions.VARIABLES));
    }

    private static Finding onlyError(String text, Variables variables) {
        List<Finding> errors = DefinitionReader.read(text, "x.yaml", variables).findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
        assertThat(errors).hasSize(1);
        return errors.get(0);
    }

    private static List<Finding> errors(String text, String name) {
        return DefinitionReader.read(text, name, Definitions.VARIABLES).findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }
}
