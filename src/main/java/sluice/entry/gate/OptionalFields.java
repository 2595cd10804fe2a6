package sluice.entry.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fields of an answer that are there only when they have a value. */
final class OptionalFields {

    private OptionalFields() {}

    static void put(ObjectNode node, String name, String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
