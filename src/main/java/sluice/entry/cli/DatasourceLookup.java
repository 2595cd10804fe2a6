package sluice.entry.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.Map;
import sluice.core.definition.reader.ReadResult;

/** Finds the datasource of a definition. The API judges everything else: it knows the variables of its environment. */
final class DatasourceLookup {

    private DatasourceLookup() {}

    /** @throws UsageException if the datasource cannot be determined; nothing has been sent by then */
    static String file(SourceFile file, Map<String, String> variables) throws UsageException {
        if (file.definition(variables) instanceof ReadResult.Valid valid) {
            return valid.definition().datasource();
        }
        JsonNode name;
        try {
            name = new ObjectMapper(new YAMLFactory()).readTree(file.text()).path("datasource");
        } catch (JsonProcessingException malformed) {
            throw new UsageException("nothing was applied: " + file.name() + " cannot be read ("
                    + malformed.getOriginalMessage() + "); 'lint' shows details");
        }
        if (!name.isTextual() || name.textValue().isBlank() || name.textValue().contains("${")) {
            throw new UsageException(
                    "nothing was applied: " + file.name() + " does not name its datasource; 'lint' shows details");
        }
        return name.textValue();
    }
}
