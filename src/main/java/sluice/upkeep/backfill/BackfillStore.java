package sluice.upkeep.backfill;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.platform.state.Condition;
import sluice.platform.state.DueItemReader;
import sluice.platform.state.Item;
import sluice.platform.state.ItemPage;
import sluice.platform.state.Key;
import sluice.platform.state.Query;
import sluice.platform.state.StateJson;
import sluice.platform.state.StateSettings;
import sluice.platform.state.StateTable;
import sluice.platform.state.Transactions;
import sluice.platform.state.Write;

/**
 * Backfills in the state table. The backfill itself, its windows and its changes of state are items of their own, so none
 * grows. Every write of a backfill is conditional on the version that was read.
 */
@ApplicationScoped
class BackfillStore {

    private static final String BODY = "backfill";
    private static final String WINDOW = "window";
    private static final String MOVE = "move";
    private static final String VERSION = "version";
    private static final String ID = "id";
    private static final String UNDER_WAY = "underWay";

    private final StateTable table;
    private final DueItemReader reader;
    private final StateJson json;
    private final Clock clock;
    private final Duration keep;

    BackfillStore(StateTable table, DueItemReader reader, StateJson json, Clock clock, StateSettings settings) {
        this.table = table;
        this.reader = reader;
        this.json = json;
        this.clock = clock;
        this.keep = settings.keep();
    }

    Optional<Backfill> find(String id) {
        return table.get(Key.backfill(id)).flatMap(this::backfill);
    }

    /** Returns the ids of the backfills among items of the due index. */
    List<String> dueAmong(List<Item> due) {
        return reader.read(due, item -> backfill(item).map(Backfill::id));
    }

    /** Returns true for the item of a backfill that waits for its own runs, and not for a cluster or a person. */
    static boolean isUnderWay(Item item) {
        return item.text(UNDER_WAY).isPresent();
    }

    /** Returns the backfills of a datasource, the newest first. */
    List<Backfill> list(String datasource, int most) {
        List<Key> keys =
                table
                        .first(
                                Query.partition(Key.backfills(datasource))
                                        .highestFirst()
                                        .limit(most),
                                most)
                        .stream()
                        .map(item -> Key.backfill(Key.of(item).sk()))
                        .toList();
        return keys.isEmpty()
                ? List.of()
                : table.getAll(keys).stream()
                        .flatMap(item -> backfill(item).stream())
                        .sorted(Comparator.comparing(Backfill::id).reversed())
                        .toList();
    }

    /** Returns these windows, by their numbers. */
    List<BackfillWindow> windows(String id, List<Integer> numbers) {
        return numbers.isEmpty()
                ? List.of()
                : table
                        .getAll(numbers.stream()
                                .map(number -> Key.backfillWindow(id, number))
                                .toList())
                        .stream()
                        .map(this::window)
                        .sorted(Comparator.comparing(BackfillWindow::number))
                        .toList();
    }

    /** Returns windows by their numbers, after one; 0 for the first page. */
    List<BackfillWindow> windowsAfter(String id, int number, int most) {
        Query query = Query.partition(Key.backfillParts(id))
                .between(Key.WINDOW_PREFIX + Key.ordinal(number + 1L), Key.WINDOW_PREFIX + "9")
                .limit(most);
        return table.first(query, most).stream().map(this::window).toList();
    }

    /** Returns the numbers of the windows that failed in a pass and were not tried again, the earliest first. */
    List<Integer> failedIn(String id, int pass, int most) {
        ItemPage page = table.query(Query.partition(Key.backfillParts(id))
                .startingWith(Key.backfillFailures(pass))
                .limit(most));
        return page.items().stream()
                .map(item -> Integer.parseInt(
                        Key.of(item).sk().substring(Key.backfillFailures(pass).length())))
                .toList();
    }

    /** Returns the newest changes of state, the newest first. */
    List<BackfillMove> moves(String id, int most) {
        Query query = Query.partition(Key.backfillParts(id))
                .startingWith(Key.MOVE_PREFIX)
                .highestFirst()
                .limit(most);
        return table.first(query, most).stream()
                .flatMap(item -> item.compressed(MOVE).stream())
                .map(text -> json.read(text, BackfillMove.class))
                .toList();
    }

    /**
     * What is written together with a backfill.
     *
     * @param windows in their new state
     * @param retried windows that failed in the pass before and are under way again
     * @param move the change of its state; null if there is none
     * @param others further writes
     */
    record Parts(List<BackfillWindow> windows, List<Integer> retried, @Nullable BackfillMove move, List<Write> others) {

        static final Parts NONE = new Parts(List.of(), List.of(), null, List.of());

        static Parts of(List<BackfillWindow> windows) {
            return new Parts(windows, List.of(), null, List.of());
        }
    }

    /**
     * Writes the next version and its parts, all or nothing.
     *
     * @param due when the next step is due; null if nothing is to be done
     * @return it as it is written; empty if somebody else wrote it after it was read
     */
    Optional<Backfill> save(Backfill backfill, @Nullable Instant due, Parts parts) {
        Backfill written = backfill.written();
        Key key = Key.backfill(written.id());
        Item item = expiring(Item.at(key)
                .withCompressed(BODY, json.write(written))
                .with(VERSION, written.version())
                .with(UNDER_WAY, written.isUnderWay() ? written.id() : null)
                .due(key.pk(), due));
        Condition isAsRead =
                backfill.version() == 0 ? Condition.absent() : Condition.equal(VERSION, backfill.version());
        List<Write> writes = new ArrayList<>();
        writes.add(Write.put(item, isAsRead));
        parts.windows().forEach(window -> writes.addAll(writes(written.id(), window)));
        parts.retried()
                .forEach(number -> writes.add(Write.delete(
                        Key.backfillFailure(written.id(), written.position().pass() - 1, number), Condition.ALWAYS)));
        BackfillMove move = parts.move();
        if (move != null) {
            writes.add(Write.put(expiring(
                    Item.at(Key.backfillMove(written.id(), written.moves())).withCompressed(MOVE, json.write(move)))));
        }
        writes.addAll(parts.others());
        return Transactions.isWritten(table, writes) ? Optional.of(written) : Optional.empty();
    }

    /** Returns the writes that make a new backfill known to its datasource, and to its idempotency key if there is one. */
    List<Write> registered(Backfill backfill, @Nullable String key, String intent) {
        List<Write> writes = new ArrayList<>();
        writes.add(Write.put(
                expiring(Item.at(new Key(Key.backfills(backfill.request().datasource()), backfill.id()))
                        .with(ID, backfill.id()))));
        if (key != null) {
            writes.add(Write.put(
                    expiring(Item.at(Key.backfillRequest(key))
                            .with(ID, backfill.id())
                            .with("intent", intent)),
                    Condition.absent()));
        }
        return writes;
    }

    /** What an idempotency key stands for. */
    record Requested(String id, String intent) {}

    Optional<Requested> requested(String key) {
        return table.get(Key.backfillRequest(key))
                .map(item -> new Requested(
                        item.text(ID).orElseThrow(), item.text("intent").orElseThrow()));
    }

    /**
     * Stores what became of a window that was under way, unless somebody has settled it meanwhile.
     *
     * @return false if somebody has
     */
    boolean isNoted(String id, BackfillWindow window) {
        Item item = item(id, window);
        return table.putIf(
                item,
                Condition.equal("state", BackfillWindow.State.BEGUN.name())
                        .and(Condition.equal("pass", (long) window.pass())));
    }

    private List<Write> writes(String id, BackfillWindow window) {
        List<Write> writes = new ArrayList<>();
        writes.add(Write.put(item(id, window)));
        if (window.state() == BackfillWindow.State.FAILED) {
            writes.add(Write.put(expiring(Item.at(Key.backfillFailure(id, window.pass(), window.number()))
                    .with(ID, id))));
        }
        return writes;
    }

    private Item item(String id, BackfillWindow window) {
        return expiring(Item.at(Key.backfillWindow(id, window.number()))
                .withCompressed(WINDOW, json.write(window))
                .with("state", window.state().name())
                .with("pass", window.pass()));
    }

    private Item expiring(Item item) {
        return item.expiring(clock.instant().plus(keep));
    }

    private Optional<Backfill> backfill(Item item) {
        return item.compressed(BODY).map(text -> json.read(text, Backfill.class));
    }

    private BackfillWindow window(Item item) {
        return json.read(item.compressed(WINDOW).orElseThrow(), BackfillWindow.class);
    }
}
