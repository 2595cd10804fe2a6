package sluice.platform.state;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import sluice.platform.log.Log;

/**
 * Reads due items of one kind. An item that cannot be read is postponed and logged, and does not stop the others: a later
 * version of Sluice may have written it before it was rolled back.
 */
@ApplicationScoped
public class DueItemReader {

    private static final Log LOG = Log.of(DueItemReader.class);

    private final StateTable table;
    private final Clock clock;
    private final PollSettings settings;

    DueItemReader(StateTable table, Clock clock, PollSettings settings) {
        this.table = table;
        this.clock = clock;
        this.settings = settings;
    }

    /** @param reader returns empty for an item of another kind; it may throw anything for one that it cannot read */
    public <T> List<T> read(List<Item> due, Function<Item, Optional<T>> reader) {
        List<T> read = new ArrayList<>();
        for (Item item : due) {
            try {
                reader.apply(item).ifPresent(read::add);
            } catch (RuntimeException exception) {
                postpone(item, exception);
            }
        }
        return List.copyOf(read);
    }

    /** Makes an item due later that could not be handled, unless somebody has written it meanwhile. */
    private void postpone(Item item, RuntimeException reason) {
        Key key = Key.of(item);
        LOG.error(reason, "Due item cannot be read and is postponed", "pk", key.pk(), "sk", key.sk());
        try {
            item.time(StateTable.DUE_AT)
                    .ifPresent(dueAt -> table.updateIf(
                            key,
                            Changes.NONE.set(StateTable.DUE_AT, clock.instant().plus(settings.maxInterval())),
                            Condition.equal(StateTable.DUE_AT, dueAt)));
        } catch (StateException exception) {
            LOG.warn("Due item could not be postponed", "pk", key.pk(), "reason", exception.getMessage());
        }
    }
}
