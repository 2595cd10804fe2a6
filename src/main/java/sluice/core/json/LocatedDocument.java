package sluice.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/**
 * A document and where in the text each part of it stands.
 *
 * @param root the document
 * @param values place of each value, by JSON Pointer
 * @param keys place of each key, by the JSON Pointer of its value
 * @param plain pointers of texts that stand without quotes in YAML: after substitution they may turn out to be numbers
 */
public record LocatedDocument(
        JsonNode root, Map<String, Position> values, Map<String, Position> keys, Set<String> plain) {}
