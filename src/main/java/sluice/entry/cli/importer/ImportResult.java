package sluice.entry.cli.importer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.Finding;

/**
 * The result of an import.
 *
 * @param definition the document, without what the findings call an error; null if the spec cannot be imported
 * @param comments by JSON Pointer into the definition
 * @param findings by JSON Pointer into the spec
 */
public record ImportResult(
        @Nullable ObjectNode definition, Map<String, List<String>> comments, List<Finding> findings) {

    /** Returns the definition as YAML with its comments. */
    public String yaml() {
        return DefinitionYaml.of(Objects.requireNonNull(definition, "a refused spec has no definition"), comments);
    }
}
