package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The schema files mean what a JSON Schema validator takes them for. */
class SchemaFilesTest {
    static final Path FILES = Path.of("src/main/resources/druid-contract");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Findings about shape that are no violation of the schema. */
    private static final Set<String> BEYOND = Set.of("SLU-1009", "SLU-1010", "SLU-1014");

    static Map<String, String> checkedIn(String version) throws IOException {
        return contents(FILES.resolve(version));
    }

    static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    @Test
    void meanTheSameToAJsonSchemaValidator() throws IOException {
        Contract contract = Contract.forDruid("33");
        List<String> differences = new ArrayList<>();
        int compared = 0;
        try (Stream<Path> specs = Files.list(Specs.FOLDER)) {
            for (Path file : specs.sorted().toList()) {
                String name = file.getFileName().toString();
                Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(SchemaLocation.of("classpath:druid-contract/33/" + Specs.kind(name) + ".json"));
                JsonNode good = MAPPER.readTree(file.toFile());
                for (int number = 0; number < 20; number++) {
                    Mutations.Mutant mutant = new Mutations(number * 7L + name.hashCode()).of(good);
                    boolean valid = schema.validate(mutant.document()).isEmpty();
                    List<Finding> shape = contract.check(Specs.kind(name), mutant.document()).stream()
                            .filter(finding -> finding.code().startsWith("SLU-1") && !BEYOND.contains(finding.code()))
                            .toList();
                    compared++;
                    if (valid != shape.isEmpty()) {
                        differences.add(
                                name + " " + mutant.what() + ": " + shape + " / " + schema.validate(mutant.document()));
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(250);
        assertThat(differences).isEmpty();
    }

    @Test
    void refuseWhatTheyDoNotKnowEverywhere() throws IOException {
        for (String version : List.of("33", "37")) {
            for (Map.Entry<String, String> file : checkedIn(version).entrySet()) {
                for (JsonNode definition : MAPPER.readTree(file.getValue()).path("$defs")) {
                    boolean closed = definition.has("additionalProperties") || definition.has("allOf");
                    assertThat(closed || !definition.has("properties"))
                            .as("%s/%s: %s", version, file.getKey(), definition)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void canBeHadWholeInOne() {
        for (String kind : List.of("task", "supervisor", "compactionConfig", "rules")) {
            JsonNode whole = Contract.forDruid("33").schema(kind);
            assertThat(whole.findValuesAsText("$ref")).allSatisfy(reference -> assertThat(
                            whole.path("$defs").has(reference.substring("#/$defs/".length())))
                    .as(reference)
                    .isTrue());
        }
    }
}
