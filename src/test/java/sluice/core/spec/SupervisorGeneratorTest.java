package sluice.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.contract.Contract;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.core.definition.Definitions;

class SupervisorGeneratorTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String STREAM =
            "stream:\n  - {type: kafka, topic: wikipedia, consumerProperties: {bootstrap.servers: \"h:1\"}}\n";
    private static final String KINESIS = "stream:\n  - {type: kinesis, stream: wikipedia, region: eu-central-1}\n";

    @Test
    void streamAndBatchHaveOneSchema() {
        // Given
        Definition definition = Definitions.of(Definitions.WIKIPEDIA);
        Generation batch = SpecGenerator.generate(
                definition,
                Batches.of(definition, "wikipedia/dt=2026-01-01/a.json"),
                SpecHints.NONE,
                SpecDefaults.STANDARD);

        // When
        ObjectNode supervisor = only(definition).spec().spec();

        // Then
        ObjectNode ofBatch = ((Generation.Generated) batch).spec().spec().withObject("/spec/dataSchema");
        ofBatch.withObject("/granularitySpec").remove("intervals");
        assertThat(supervisor.at("/spec/dataSchema")).isEqualTo(ofBatch);
    }

    @ParameterizedTest
    @ValueSource(strings = {"33", "37"})
    void druidsContractHasNothingAgainstKafkaAndKinesis(String version) {
        // Given
        Contract contract = Contract.forDruid(version);

        // When
        List<Finding> kafka = contract.check(
                only(Definitions.of(Definitions.MINIMAL + STREAM)).bound("h"));
        List<Finding> kinesis = contract.check(
                only(Definitions.of(Definitions.MINIMAL + KINESIS)).bound("h"));

        // Then
        assertThat(kafka).isEmpty();
        assertThat(kinesis).isEmpty();
    }

    @Test
    void aSupervisorIsWhatItWasWhenSomebodyLastLookedAtIt() throws IOException {
        // Given
        Path golden = Path.of("src/test/resources/spec/supervisor_kafka.json");
        ObjectNode spec = only(Definitions.of(Definitions.WIKIPEDIA)).spec().spec();
        if (Boolean.getBoolean("sluice.golden.write")) {
            Files.writeString(golden, spec.toPrettyString() + "\n");
        }

        // When
        JsonNode expected = JSON.readTree(Files.readString(golden));

        // Then
        assertThat(spec).isEqualTo(expected);
    }

    @Test
    void whatTheDefinitionSaysOfAStreamWins() {
        // Given
        String text = Definitions.MINIMAL
                + """
                stream:
                  - type: kafka
                    topic: wikipedia
                    consumerProperties: {bootstrap.servers: "h:1"}
                    useEarliestOffset: false
                    inputFormat: {type: csv, columns: [time, page]}
                    tuningConfig: {maxSavedParseExceptions: 0, maxRowsInMemory: 1000}
                """;

        // When
        SupervisorGenerator.Result result = SupervisorGenerator.generate(Definitions.of(text), SpecDefaults.STANDARD);

        // Then
        JsonNode spec = result.supervisors().get(0).spec().spec().path("spec");
        assertThat(spec.at("/ioConfig/useEarliestOffset").booleanValue()).isFalse();
        assertThat(spec.at("/ioConfig/inputFormat/type").textValue()).isEqualTo("csv");
        assertThat(spec.at("/tuningConfig/maxSavedParseExceptions").intValue()).isZero();
        assertThat(spec.at("/tuningConfig/maxRowsInMemory").intValue()).isEqualTo(1000);
        assertThat(result.findings()).isEmpty();
    }

    @Test
    void twoStreamsNeedTwoIds() {
        // Given
        String twice = STREAM + STREAM.substring("stream:\n".length());

        // When
        SupervisorGenerator.Result refused =
                SupervisorGenerator.generate(Definitions.of(Definitions.MINIMAL + twice), SpecDefaults.STANDARD);
        SupervisorGenerator.Result named = SupervisorGenerator.generate(
                Definitions.of(Definitions.MINIMAL
                        + STREAM
                        + STREAM.substring("stream:\n".length()).replace("{type", "{id: events_too, type")),
                SpecDefaults.STANDARD);

        // Then
        assertThat(refused.supervisors()).isEmpty();
        assertThat(refused.findings())
                .filteredOn(finding -> finding.code().equals("SLU-0107"))
                .singleElement()
                .extracting(Finding::pointer)
                .isEqualTo("/stream/1");
        assertThat(named.supervisors()).extracting(GeneratedSupervisor::id).containsExactly("events", "events_too");
        assertThat(named.supervisors().get(0).spec().spec().has("id")).isFalse();
        assertThat(named.supervisors()).allMatch(supervisor -> supervisor
                .spec()
                .spec()
                .at("/context/useConcurrentLocks")
                .asBoolean());
        ObjectNode second = named.supervisors().get(1).bound("h");
        assertThat(Contract.forDruid("37").check(second)).isEmpty();
        assertThat(Contract.forDruid("33").check(second))
                .as("Druid 33 passes over an id and would replace the first supervisor")
                .extracting(Finding::pointer)
                .containsExactly("/id");
    }

    @Test
    void marksAreNoPartOfTheHash() {
        // Given
        GeneratedSupervisor supervisor = only(Definitions.of(Definitions.WIKIPEDIA));

        // When
        ObjectNode bound = supervisor.bound("definition");

        // Then
        assertThat(SettingsMarks.specHash(bound.path("context")))
                .contains(supervisor.spec().hash());
        SettingsMarks.remove(bound.withObject("/context"));
        assertThat(bound).isEqualTo(supervisor.spec().spec());
    }

    private static GeneratedSupervisor only(Definition definition) {
        List<GeneratedSupervisor> supervisors =
                SupervisorGenerator.generate(definition, SpecDefaults.STANDARD).supervisors();
        assertThat(supervisors).hasSize(1);
        return supervisors.get(0);
    }
}
