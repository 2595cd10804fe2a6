package sluice.core.contract;

import java.util.List;
import sluice.core.json.Edit;

/**
 * What mends a finding without a decision of a person.
 *
 * @param code the finding's code
 * @param pointer the finding's place
 * @param edits what to change, in this order
 */
public record Repair(String code, String pointer, List<Edit> edits) {

    public Repair {
        if (edits.isEmpty()) {
            throw new IllegalArgumentException("a repair without edits: " + code + " " + pointer);
        }
        edits = List.copyOf(edits);
    }

    /** Returns true if the type of an object comes out of it. */
    boolean isOfType() {
        Edit first = edits.get(0);
        return first instanceof Edit.Rename rename && rename.key().equals("type")
                || first instanceof Edit.Move move && move.to().endsWith("/type")
                || first instanceof Edit.Put put && put.pointer().endsWith("/type");
    }
}
