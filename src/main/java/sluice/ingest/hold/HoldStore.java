package sluice.ingest.hold;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.TimeChunk;
import sluice.platform.state.DueItemReader;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Query;
import sluice.platform.state.StateJson;
import sluice.platform.state.StateTable;

/**
 * Holds in the state table, by datasource and interval. Reads are strongly consistent: whoever asks after a hold was
 * confirmed finds it.
 */
@ApplicationScoped
public class HoldStore {

    private static final String BODY = "hold";

    private final StateTable table;
    private final DueItemReader reader;
    private final StateJson json;
    private final Clock clock;

    HoldStore(StateTable table, DueItemReader reader, StateJson json, Clock clock) {
        this.table = table;
        this.reader = reader;
        this.json = json;
        this.clock = clock;
    }

    /** Sets a hold. One on the same interval is replaced. Returns it as it is stored. */
    public Hold put(String datasource, TimeChunk interval, String reason, String author, @Nullable Instant until) {
        Hold hold = new Hold(interval.start(), interval.end(), reason, author, clock.instant(), until);
        Key key = key(datasource, interval);
        table.put(Item.at(key).with(BODY, json.write(hold)).due(key.pk(), until));
        return hold;
    }

    /** Ends the hold on exactly this interval. Returns false if there is none. */
    public boolean remove(String datasource, TimeChunk interval) {
        boolean isThere = find(datasource).stream()
                .anyMatch(hold ->
                        hold.start().equals(interval.start()) && hold.end().equals(interval.end()));
        table.remove(key(datasource, interval));
        return isThere;
    }

    /** Returns the holds of a datasource that are not over, in the order of their intervals. */
    public List<Hold> find(String datasource) {
        Instant now = clock.instant();
        return table.all(Query.partition(Key.holds(datasource))).stream()
                .flatMap(item -> hold(item).stream())
                .filter(hold -> !hold.isOver(now))
                .sorted(Comparator.comparing(Hold::start).thenComparing(Hold::end))
                .toList();
    }

    /** Returns the first hold that overlaps one of the time chunks. */
    public Optional<Hold> on(String datasource, List<TimeChunk> chunks) {
        List<Hold> holds = find(datasource);
        return chunks.stream().flatMap(chunk -> Hold.on(chunk, holds).stream()).findFirst();
    }

    /**
     * Ends the holds whose time is over, and takes them out of the due index.
     *
     * @param due items of the due index, of any kind
     * @param before is called with the datasource of each; a hold stays due until the call has returned
     */
    public void end(List<Item> due, Consumer<String> before) {
        List<Key> ended = reader.read(
                due,
                item -> isHold(item)
                        ? hold(item)
                                .filter(hold -> hold.isOver(clock.instant()))
                                .map(hold -> Key.of(item))
                        : Optional.empty());
        for (Key key : ended) {
            // The index lags, so somebody may have prolonged the hold.
            boolean isOver = table.get(key)
                    .flatMap(this::hold)
                    .filter(hold -> hold.isOver(clock.instant()))
                    .isPresent();
            if (isOver) {
                before.accept(key.pk().substring(Key.holds("").length()));
                table.remove(key);
            }
        }
    }

    private static boolean isHold(Item item) {
        return Key.of(item).pk().startsWith(Key.holds(""));
    }

    private Optional<Hold> hold(Item item) {
        return item.text(BODY).map(text -> json.read(text, Hold.class));
    }

    private static Key key(String datasource, TimeChunk interval) {
        return Key.hold(datasource, interval.interval());
    }
}
