package sluice.entry.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Tells definitions and Druid specs apart. Druid reads JSON only: objects with a {@code type}, and lists. */
final class DocumentKind {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DocumentKind() {}

    static boolean isDefinition(String text) {
        if (!looksLikeJson(text)) {
            return true;
        }
        try {
            JsonNode document = JSON.readTree(text);
            return document.has("apiVersion") || document.has("datasource") || document.has("clusters");
        } catch (JsonProcessingException exception) {
            // The contract reports the fault with line and column. {..} in YAML's flow style is not a spec.
            return text.contains("apiVersion");
        }
    }

    /** Returns true if the text is meant to be JSON. */
    static boolean looksLikeJson(String text) {
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }
}
