package sluice.entry.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Tells a definition from a Druid spec. Druid reads JSON only, and all that it reads has a {@code type} or is a list. */
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
            // What is wrong with it, the contract says with line and column; {..} of YAML's flow style is no spec.
            return text.contains("apiVersion");
        }
    }

    /** Whether the text is meant as JSON. */
    static boolean looksLikeJson(String text) {
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }
}
