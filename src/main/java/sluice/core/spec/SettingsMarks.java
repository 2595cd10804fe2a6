package sluice.core.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The marks by which Sluice recognises its own supervisors and compaction configurations. They are in the context of
 * the document; what a person created has none.
 */
public final class SettingsMarks {

    /**
     * Hash of the definition that was active when the document was posted. A later one may generate the same document.
     */
    public static final String DEFINITION_HASH = "sluice.definitionHash";

    private SettingsMarks() {}

    static void put(ObjectNode context, String specHash, String definitionHash) {
        context.put(SpecBinding.SPEC_HASH, specHash).put(DEFINITION_HASH, definitionHash);
    }

    /** Returns the hash of the posted spec; empty if Sluice did not post it. */
    public static Optional<String> specHash(JsonNode context) {
        return Optional.ofNullable(context.path(SpecBinding.SPEC_HASH).textValue());
    }

    /** Removes the marks. */
    public static void remove(ObjectNode context) {
        context.remove(SpecBinding.SPEC_HASH);
        context.remove(DEFINITION_HASH);
    }
}
