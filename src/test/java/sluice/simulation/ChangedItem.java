package sluice.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.platform.state.Changes;
import sluice.platform.state.Changes.Change;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateException;
import sluice.platform.state.Value;

/** Makes changes to an item. */
final class ChangedItem {

    private ChangedItem() {}

    /**
     * The item with the changes made; where there is none, a new one with its key.
     *
     * @throws StateException when something is added to a value of another type
     */
    static Item of(Key key, Optional<Item> stored, Changes changes) {
        Map<String, Value> attributes =
                new HashMap<>(stored.map(Item::attributes).orElseGet(key::attributes));
        for (Change change : changes.each()) {
            String name = change.attribute();
            if (change instanceof Change.Assign assign) {
                attributes.put(name, assign.value());
            } else if (change instanceof Change.AssignIfAbsent assign) {
                attributes.putIfAbsent(name, assign.value());
            } else if (change instanceof Change.Add add) {
                attributes.merge(name, add.value(), ChangedItem::sum);
            } else {
                attributes.remove(name);
            }
        }
        return new Item(attributes);
    }

    private static Value sum(Value stored, Value added) {
        if (stored instanceof Value.Number left && added instanceof Value.Number right) {
            return Value.of(left.number() + right.number());
        } else if (stored instanceof Value.Texts left && added instanceof Value.Texts right) {
            Set<String> union = new HashSet<>(left.texts());
            union.addAll(right.texts());
            return Value.of(union);
        }
        throw new StateException(
                StateException.Code.REFUSED, "an operand in the update expression has an incorrect data type");
    }
}
