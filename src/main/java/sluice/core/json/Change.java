package sluice.core.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One difference between two documents.
 *
 * @param kind what happened
 * @param pointer JSON Pointer of the place; of something removed, in the document before
 * @param before null where it is new
 * @param after null where it is gone
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
