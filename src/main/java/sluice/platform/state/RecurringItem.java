package sluice.platform.state;

import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One item that is due again and again: it says when ticks next do a thing that is done for everything at once. */
public final class RecurringItem {

    private final StateTable table;
    private final Key key;
    private final String name;
    private boolean begun;

    /** @param name attribute that tells the item from others in the due index */
    public RecurringItem(StateTable table, Key key, String name) {
        this.table = table;
        this.key = key;
        this.name = name;
    }

    /** Puts the item into the due index once it is wanted, unless it is there already. A process asks the table once. */
    public synchronized void begin(Instant due, BooleanSupplier isWanted) {
        if (!begun && isWanted.getAsBoolean()) {
            table.putIf(item(due), Condition.absent());
            begun = true;
        }
    }

    /** Makes the item due later. */
    public void next(Instant due) {
        table.put(item(due));
    }

    /** Returns true if the item is among those of the due index. */
    public boolean isAmong(List<Item> due) {
        return due.stream().anyMatch(item -> item.text(name).isPresent());
    }

    private Item item(Instant due) {
        return Item.at(key).with(name, "all").due(name, due);
    }
}
