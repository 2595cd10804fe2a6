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
 * A definition that cannot be read. Its S3 prefix, if recognisable, tells which objects wait for it.
 *
 * @param name the file's name
 * @param findings why it cannot be read
 * @param prefix prefix of its objects as written; null if not recognisable
 * @param isWithheld whether the text is not known at all, because its store does not give it out at present
 */
public record InvalidDefinition(String name, List<Finding> findings, @Nullable String prefix, boolean isWithheld) {

    private static final int LONGEST_SHOWN = 300;
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    public InvalidDefinition {
        findings = List.copyOf(findings);
    }

    /** Keeps what can be recognised in a text that is not a valid definition. */
    public static InvalidDefinition of(String name, String text, List<Finding> findings) {
        return new InvalidDefinition(name, findings, prefix(text), false);
    }

    /** A definition whose text nobody knows at present. */
    public static InvalidDefinition withheld(String name, List<Finding> findings) {
        return new InvalidDefinition(name, findings, null, true);
    }

    /** Returns true if the object probably belongs to this definition. */
    public boolean mayOwn(String key) {
        return prefix != null && !prefix.isEmpty() && key.startsWith(prefix);
    }

    /** Returns the first three errors on one line, each with what would be right. */
    public String summary() {
        return name + ": "
                + findings.stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .limit(3)
                        .map(finding -> finding.code() + " " + shown(finding.pointer()) + ": "
                                + shown(finding.message()) + wayOut(finding))
                        .collect(Collectors.joining("; "));
    }

    private static String wayOut(Finding finding) {
        if (finding.suggestion() != null) {
            return ", did you mean " + shown(finding.suggestion());
        }
        return finding.expected() == null ? "" : ", expected " + shown(finding.expected());
    }

    private static String shown(String text) {
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
    }

    private static @Nullable String prefix(String text) {
        try {
            JsonNode prefix = YAML.readTree(text).at("/batch/source/prefix");
            return prefix.isTextual() ? prefix.textValue() : null;
        } catch (JsonProcessingException | RuntimeException | StackOverflowError | OutOfMemoryError hostile) {
            // It is known to be invalid: its prefix is a bonus, and no reason to fail.
            return null;
        }
    }
}
