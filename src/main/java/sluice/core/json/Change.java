package sluice.core.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One difference between two documents.
 *
 * @param kind what happened
 * @param pointer JSON Pointer of the value; for a removed value, in the old document
 * @param before the old value; null if added
 * @param after the new value; null if removed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Change(Kind kind, String pointer, @Nullable JsonNode before, @Nullable JsonNode after) {

    /** What happened to a value. */
    public enum Kind {
        ADDED,
        REMOVED,
        REPLACED
    }
}
