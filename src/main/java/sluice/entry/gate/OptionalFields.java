package sluice.entry.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Fields that an answer has only if they have a value. */
final class OptionalFields {

    private OptionalFields() {}

    static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
