package sluice.core.json;

import com.fasterxml.jackson.databind.JsonNode;

/** One change of a document. Places are JSON Pointers (RFC 6901) of members of objects. */
public sealed interface Edit {

    /** Gives a member another key; its value and place in the text stay. */
    record Rename(String pointer, String key) implements Edit {}

    /** Moves a member to another object, which is created if it is missing. */
    record Move(String pointer, String to) implements Edit {}

    /** Removes a member. */
    record Remove(String pointer) implements Edit {}

    /** Sets the value of a member or of a list's entry; creates the member, and the objects above it, if it is missing. */
    record Put(String pointer, JsonNode value) implements Edit {}
}
