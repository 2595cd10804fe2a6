package sluice.simulation.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.simulation.druid.DruidFixture.WIKI;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.platform.druid.DatasourceSettings;

class SettingsServiceTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DatasourceSettings settings = new DruidFixture().druid.settings();

    @Test
    void aSupervisorComesBackAsARealDruidReturnsIt() {
        // Given
        ObjectNode told = read("supervisor-told-33");

        // When
        Optional<String> refusal = settings.postSupervisor(read("supervisor-posted"));

        // Then
        ObjectNode live = settings.supervisor("rich").orElseThrow();
        assertThat(refusal).isEmpty();
        assertThat(names(live)).containsExactlyInAnyOrderElementsOf(names(told));
        assertThat(plain(live.at("/spec/ioConfig"))).isEqualTo(plain(told.at("/spec/ioConfig")));
        assertThat(names(told.at("/spec/tuningConfig"))).containsAll(names(live.at("/spec/tuningConfig")));
        assertThat(settings.supervisorStatus("rich").orElseThrow().isRunning()).isTrue();
    }

    @Test
    void aSupervisorWithoutATopicIsRefused() {
        // Given
        ObjectNode posted = read("supervisor-posted");
        ((ObjectNode) posted.at("/spec/ioConfig")).remove("topic");

        // When
        Optional<String> refusal = settings.postSupervisor(posted);

        // Then
        assertThat(refusal).isPresent();
        assertThat(settings.supervisor("rich")).isEmpty();
    }

    @Test
    void rulesComeBackWithTheReplicasTheyStandFor() {
        // Given
        ArrayNode rules = JsonNodeFactory.instance.arrayNode();
        rules.addObject().put("type", "loadByPeriod").put("period", "P30D");

        // When
        settings.postRules(WIKI, rules, "author", "comment");

        // Then
        assertThat(settings.rules(WIKI)
                        .get(0)
                        .at("/tieredReplicants/_default_tier")
                        .asInt())
                .isEqualTo(2);
        assertThat(settings.rules(WIKI).get(0).path("includeFuture").asBoolean())
                .isTrue();
        assertThat(settings.effectiveRules(WIKI))
                .extracting(rule -> rule.path("type").asText())
                .containsExactly("loadByPeriod", "loadForever");
    }

    @Test
    void aRuleOfAnUnknownTypeIsRefusedAndChangesNothing() {
        // Given
        ArrayNode rules = JsonNodeFactory.instance.arrayNode();
        rules.addObject().put("type", "loadSometimes");

        // When
        Optional<String> refusal = settings.postRules(WIKI, rules, "author", "comment");

        // Then
        assertThat(refusal).isPresent();
        assertThat(settings.rules(WIKI)).isEmpty();
    }

    @Test
    void compactionComesBackWithDefaultsAndRowsUnderDruidsName() {
        // Given
        ObjectNode config = JsonNodeFactory.instance.objectNode().put("dataSource", WIKI);
        config.putObject("tuningConfig")
                .putObject("partitionsSpec")
                .put("type", "hashed")
                .put("targetRowsPerSegment", 5);

        // When
        settings.postCompaction(WIKI, config, "author", "comment");

        // Then
        ObjectNode live = settings.compaction(WIKI).orElseThrow();
        assertThat(live.at("/tuningConfig/partitionsSpec/maxRowsPerSegment").asInt())
                .isEqualTo(5);
        assertThat(live.path("skipOffsetFromLatest").asText()).isEqualTo("P1D");
    }

    /** Without the parts whose own defaults the model does not know. */
    private static ObjectNode plain(JsonNode ioConfig) {
        ObjectNode plain = ioConfig.deepCopy();
        plain.remove(List.of("autoScalerConfig", "idleConfig"));
        return plain;
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static ObjectNode read(String name) {
        try {
            return (ObjectNode) JSON.readTree(
                    Path.of("src/test/resources/settings", name + ".json").toFile());
        } catch (IOException exception) {
            throw new AssertionError(exception);
        }
    }
}
