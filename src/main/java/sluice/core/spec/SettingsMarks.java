package sluice.core.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The marks in the context of a supervisor or a compaction configuration, by which Sluice knows its own. What a person
 * made has none.
 */
public final class SettingsMarks {

    /** Hash of the definition that was in force when the document was posted; a later one may have made the same. */
    public static final String DEFINITION_HASH = "sluice.definitionHash";

    private SettingsMarks() {}

    static void put(ObjectNode context, String specHash, String definitionHash) {
        context.put(SpecBinding.SPEC_HASH, specHash).put(DEFINITION_HASH, definitionHash);
    }

    /** Hash of the spec that was posted, or nothing where Sluice did not post it. */
    public static Optional<String> specHash(JsonNode context) {
        return Optional.ofNullable(context.path(SpecBinding.SPEC_HASH).textValue());
    }

    /** Takes the marks away. */
    public static void remove(ObjectNode context) {
        context.remove(SpecBinding.SPEC_HASH);
        context.remove(DEFINITION_HASH);
    }
}
