package sluice.entry.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import sluice.core.contract.FileFinding;
import sluice.core.contract.Finding;

/** For programs: {@code [{file, code, severity, pointer, line, column, message, expected, suggestion, url, page}]}. */
final class JsonReport implements FindingReport {
    @Override
    public void print(List<FileFinding> found, PrintStream out) throws IOException {
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter()) {
            json.writeStartArray();
            for (FileFinding located : found) {
                Finding finding = located.finding();
                json.writeStartObject();
                json.writeStringField("file", located.file());
                json.writeStringField("code", finding.code());
                json.writeStringField("severity", finding.severity().name().toLowerCase(Locale.ROOT));
                json.writeStringField("pointer", finding.pointer());
                json.writeObjectField("line", finding.line());
                json.writeObjectField("column", finding.column());
                json.writeStringField("message", finding.message());
                json.writeStringField("expected", finding.expected());
                json.writeStringField("suggestion", finding.suggestion());
                json.writeStringField("url", finding.url());
                json.writeStringField("page", finding.page());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        out.println();
    }
}
