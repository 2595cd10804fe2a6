package sluice.simulation.world;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateTable;
import sluice.simulation.ItemSize;
import sluice.simulation.TableCall;
import sluice.simulation.TableObserver;

/**
 * Counts what AWS charges for: calls to each seam, and units of the state table. A unit of writing is a started KB of an item,
 * twice that in a transaction, and one more for each change of the item's entry in an index (the due index takes two, because
 * its key changes). A unit of reading is a read of an item that is no larger than 4 KB.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">units</a>
 */
final class CallCounter implements TableObserver, Faults {

    private static final int KB = 1024;

    private final World world;
    private final Map<String, Integer> calls = new TreeMap<>();
    private final Map<Key, Optional<Item>> before = new HashMap<>();
    private long writeUnits;
    private long readUnits;
    private boolean looking;

    CallCounter(World world) {
        this.world = world;
        world.seams().faults(this);
        world.table().observer(this);
    }

    @Override
    public Fault at(IoPoint point) {
        if (point.when() == IoPoint.When.BEFORE) {
            calls.merge(point.call(), 1, Integer::sum);
        }
        return Fault.NONE;
    }

    @Override
    public void before(TableCall call) {
        if (!looking && call.kind().isWrite()) {
            call.keys().forEach(key -> before.put(key, stored(key)));
        }
    }

    @Override
    public void after(TableCall call) {
        if (looking) {
            return;
        }
        if (!call.kind().isWrite()) {
            readUnits += Math.max(1, call.keys().size());
            return;
        }
        int times = call.kind() == TableCall.Kind.TRANSACT ? 2 : 1;
        for (Key key : call.keys()) {
            Optional<Item> was = before.getOrDefault(key, Optional.empty());
            Optional<Item> is = stored(key);
            int size = Math.max(
                    was.map(ItemSize::of).orElse(0), is.map(ItemSize::of).orElse(0));
            writeUnits += times * Math.max(1L, (size + KB - 1) / KB);
            writeUnits += indexUnits(was, is);
        }
    }

    private static long indexUnits(Optional<Item> was, Optional<Item> is) {
        Optional<Instant> dueBefore = was.flatMap(item -> item.time(StateTable.DUE_AT));
        Optional<Instant> dueAfter = is.flatMap(item -> item.time(StateTable.DUE_AT));
        long due = dueBefore.equals(dueAfter) ? 0 : (dueBefore.isPresent() ? 1 : 0) + (dueAfter.isPresent() ? 1 : 0);
        long run = is.flatMap(item -> item.text("definitionHash")).isPresent() && !was.equals(is) ? 1 : 0;
        return due + run;
    }

    private Optional<Item> stored(Key key) {
        looking = true;
        try {
            return world.table().get(key);
        } finally {
            looking = false;
        }
    }

    /** Calls by interface and method, such as {@code StateTable.putIf}. */
    Map<String, Integer> calls() {
        return Map.copyOf(calls);
    }

    /** Calls to everything behind one seam, such as {@code EventBus}. */
    int calls(String prefix) {
        return calls.entrySet().stream()
                .filter(call -> call.getKey().startsWith(prefix + "."))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    long writeUnits() {
        return writeUnits;
    }

    long readUnits() {
        return readUnits;
    }
}
