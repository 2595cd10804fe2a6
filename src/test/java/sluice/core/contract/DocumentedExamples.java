package sluice.core.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Specs of Druid's documentation and its own tests, where somebody has them at hand: {@code -Dcontract.examples=FOLDER}, with
 * one folder for each kind ({@code index_parallel}, {@code kafka}, {@code rule} and so on).
 */
final class DocumentedExamples {
    static final Path FOLDER = Path.of(System.getProperty("contract.examples", "../shared/contract/examples"));

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * @param name kind and file
     * @param kind as the oracle calls it
     */
    record Example(String name, String kind, JsonNode document) {}

    private DocumentedExamples() {}

    static List<Example> all() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), "no examples at hand");
        List<Example> examples = new ArrayList<>();
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                examples.add(example(file));
            }
        }
        return examples;
    }

    private static Example example(Path file) throws IOException {
        String kind = kind(file.getParent().getFileName().toString());
        JsonNode document = MAPPER.readTree(Files.readString(file));
        boolean oneRule = kind.equals("rules") && !document.isArray();
        return new Example(
                kind + "/" + file.getFileName(),
                kind,
                oneRule ? MAPPER.createArrayNode().add(document) : document);
    }

    private static String kind(String folder) {
        return switch (folder) {
            case "kafka", "kinesis", "rabbit", "autocompact" -> "supervisor";
            case "rule", "rules" -> "rules";
            case "compaction-config" -> "compactionConfig";
            default -> "task";
        };
    }
}
