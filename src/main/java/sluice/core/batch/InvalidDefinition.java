package sluice.core.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;

/**
 * A definition that cannot be read. What it says about its place in S3, as far as that can be made out, tells which
 * objects wait for it in vain.
 *
 * @param name its file
 * @param findings why it cannot be read
 * @param prefix prefix of its objects as written, or null where even that cannot be made out
 */
public record InvalidDefinition(String name, List<Finding> findings, @Nullable String prefix) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    public InvalidDefinition {
        findings = List.copyOf(findings);
    }

    /** Keeps what can be made out of a text that is no definition. */
    public static InvalidDefinition of(String name, String text, List<Finding> findings) {
        return new InvalidDefinition(name, findings, prefix(text));
    }

    /** Whether the object looks as if it belonged to this definition. */
    public boolean mayOwn(String key) {
        return prefix != null && !prefix.isEmpty() && key.startsWith(prefix);
    }

    /** The errors, in a line. */
    public String summary() {
        return name + ": "
                + findings.stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .limit(3)
                        .map(finding -> finding.code() + " " + finding.pointer() + ": " + finding.message())
                        .collect(Collectors.joining("; "));
    }

    private static @Nullable String prefix(String text) {
        try {
            JsonNode prefix = YAML.readTree(text).at("/batch/source/prefix");
            return prefix.isTextual() ? prefix.textValue() : null;
        } catch (JsonProcessingException exception) {
            return null;
        }
    }
}
