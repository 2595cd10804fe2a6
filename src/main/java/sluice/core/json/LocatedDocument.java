package sluice.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/**
 * A document and the positions of its parts in the text.
 *
 * @param root the document
 * @param values position of each value, by JSON Pointer
 * @param keys position of each key, by the JSON Pointer of its value
 * @param plain pointers of unquoted YAML texts; after substitution they may become numbers
 */
public record LocatedDocument(
        JsonNode root, Map<String, Position> values, Map<String, Position> keys, Set<String> plain) {}
