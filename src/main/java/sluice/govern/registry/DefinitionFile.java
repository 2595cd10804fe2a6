package sluice.govern.registry;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The text of a definition and where it comes from. A file that cannot be read is one, too: it becomes an invalid definition
 * and does not block the others.
 *
 * @param name its place, for messages
 * @param version changes when the text does
 * @param text the document; empty if it cannot be read
 * @param problem why the text cannot be read; null if it was
 * @param isWithheld whether the store has a text and does not give it out; the next read may have it
 */
record DefinitionFile(String name, String version, String text, @Nullable String problem, boolean isWithheld) {

    /** No definition has more bytes: it has at most 1,000,000 characters. A larger file is not read. */
    static final int MAX_BYTES = 4_000_000;

    DefinitionFile(String name, String version, String text) {
        this(name, version, text, null, false);
    }

    static DefinitionFile unreadable(String name, String version, String problem) {
        return new DefinitionFile(name, version, "", problem, false);
    }

    static DefinitionFile withheld(String name, String version, String problem) {
        return new DefinitionFile(name, version, "", problem, true);
    }

    /** Returns true if it is what a read of this version would return again. */
    boolean isStill(String versionNow) {
        return version.equals(versionNow) && !isWithheld;
    }

    /** Reads the bytes of a file, which have to be UTF-8. Characters are not replaced: they could become rows. */
    static DefinitionFile of(String name, String version, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new DefinitionFile(name, version, text);
        } catch (CharacterCodingException exception) {
            return unreadable(name, version, "The file is not UTF-8");
        }
    }

    static DefinitionFile tooLarge(String name, String version, long size) {
        return unreadable(name, version, "The file has " + size + " bytes; the limit is " + MAX_BYTES);
    }

    static boolean isDefinition(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }
}
