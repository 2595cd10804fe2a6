package sluice.core.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Findings for code scanning: one run, one rule per code.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public final class SarifLog {

    private SarifLog() {}

    /** Returns the log as text. */
    public static String of(List<FileFinding> found) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.writeStringField("version", "2.1.0");
            json.writeArrayFieldStart("runs");
            json.writeStartObject();
            tool(json, found);
            json.writeArrayFieldStart("results");
            for (FileFinding located : found) {
                result(json, located);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("A text takes every character", impossible);
        }
        return text.toString();
    }

    private static void tool(JsonGenerator json, List<FileFinding> found) throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "sluice");
        json.writeArrayFieldStart("rules");
        Map<String, @Nullable String> pages = new LinkedHashMap<>();
        found.forEach(located -> pages.putIfAbsent(located.finding().code(), help(located.finding())));
        for (Map.Entry<String, @Nullable String> rule : pages.entrySet()) {
            json.writeStartObject();
            json.writeStringField("id", rule.getKey());
            if (rule.getValue() != null) {
                json.writeStringField("helpUri", rule.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Our own page explains the code and has a link to Druid's; Druid's page is about the subject. */
    private static @Nullable String help(Finding finding) {
        return finding.page() == null ? finding.url() : finding.page();
    }

    private static void result(JsonGenerator json, FileFinding located) throws IOException {
        Finding finding = located.finding();
        json.writeStartObject();
        json.writeStringField("ruleId", finding.code());
        json.writeStringField("level", level(finding.severity()));
        json.writeObjectFieldStart("message");
        json.writeStringField(
                "text",
                Stream.of(finding.message(), finding.expected(), finding.suggestion())
                        .filter(text -> text != null)
                        .collect(Collectors.joining("; ")));
        json.writeEndObject();
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        json.writeObjectFieldStart("physicalLocation");
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField("uri", located.file().replace('\\', '/'));
        json.writeEndObject();
        if (finding.line() != null) {
            json.writeObjectFieldStart("region");
            json.writeNumberField("startLine", finding.line());
            if (finding.column() != null) {
                json.writeNumberField("startColumn", finding.column());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeArrayFieldStart("logicalLocations");
        json.writeStartObject();
        json.writeStringField("fullyQualifiedName", finding.pointer());
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }
}
