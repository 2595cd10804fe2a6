package sluice.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fields of an answer that are there only when they have a value. */
final class Fields {

    private Fields() {}

    static void put(ObjectNode node, String name, String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
