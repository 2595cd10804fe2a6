package sluice.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.core.batch.Batch;
import sluice.core.contract.Contract;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.definition.Definition;
import sluice.core.definition.Definitions;
import sluice.core.spec.SpecHints.History;

/**
 * Whole specs as they were when somebody last looked at them. After a wanted change, run with {@code
 * -Dsluice.golden.write=true} and read the difference.
 */
class GoldenSpecTest {

    private static final Path FOLDER = Path.of("src/test/resources/spec");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private enum Case {
        REPLACE_WITH_ROLLUP(
                Definitions.WIKIPEDIA,
                SpecHints.NONE,
                "wikipedia/dt=2026-01-01/a.json.gz",
                "wikipedia/dt=2026-01-02/b c.json.gz"),
        APPEND_WITHOUT_ROLLUP(Definitions.MINIMAL, SpecHints.NONE, "events/dt=2026-01-01/a.csv"),
        AUTO_WITH_HISTORY(
                Definitions.WIKIPEDIA
                        .replace("queryGranularity: HOUR, rollup: true", "queryGranularity: auto, rollup: auto")
                        .replaceAll("(?m)^stream:\\n.*\\n", ""),
                new SpecHints(
                        Map.of("NONE", 1.0, "MINUTE", 0.6, "HOUR", 0.2),
                        new History(1_000_000, 60_000_000, 12_000_000, 1_800_000_000)),
                "wikipedia/dt=2026-01-01/a.parquet"),
        OWN_DRUID_PARTS(
                Definitions.MINIMAL.replace("mode: append", "mode: replace")
                        + """
                          inputFormat: {type: json, flattenSpec: {useFieldDiscovery: true}}
                          partitions: {type: range, partitionDimensions: [page], targetRowsPerSegment: 3000000}
                          tuningConfig: {maxNumConcurrentSubTasks: 2, indexSpec: {bitmap: {type: roaring}}}
                          priority: 60
                          onViolation: warn
                        """,
                SpecHints.NONE,
                "events/dt=2026-01-01/a.log");

        private final String definition;
        private final SpecHints hints;
        private final String[] keys;

        Case(String definition, SpecHints hints, String... keys) {
            this.definition = definition;
            this.hints = hints;
            this.keys = keys;
        }
    }

    @ParameterizedTest
    @EnumSource
    void specIsAsItWas(Case golden) throws IOException {
        Definition definition = Definitions.of(golden.definition);
        Batch batch = Batches.of(definition, golden.keys);
        Generation generation = SpecGenerator.generate(definition, batch, golden.hints, SpecDefaults.STANDARD);
        GeneratedSpec generated = ((Generation.Generated) generation).spec();
        ObjectNode actual = JSON.createObjectNode().put("hash", generated.hash());
        actual.set("spec", generated.spec());
        Path file = FOLDER.resolve(golden.name().toLowerCase(Locale.ROOT) + ".json");
        if (Boolean.getBoolean("sluice.golden.write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, actual.toPrettyString() + "\n");
        }

        JsonNode expected = JSON.readTree(Files.readString(file));

        assertThat(actual.toPrettyString()).isEqualTo(expected.toPrettyString());
    }

    @ParameterizedTest
    @EnumSource
    void contractHasNothingAgainstIt(Case golden) throws IOException {
        Path file = FOLDER.resolve(golden.name().toLowerCase(Locale.ROOT) + ".json");
        JsonNode spec = JSON.readTree(Files.readString(file)).get("spec");

        List<Finding> findings = Contract.forDruid("33").check(spec);

        assertThat(findings)
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .isEmpty();
    }
}
