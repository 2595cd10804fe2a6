package sluice.upkeep.restore;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.platform.state.Condition;
import sluice.platform.state.DueItemReader;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Query;
import sluice.platform.state.StateJson;
import sluice.platform.state.StateTable;

/** Stores restores in the state table. An unfinished one is in the due index. */
@ApplicationScoped
class RestoreStore {

    private static final String BODY = "restore";
    private static final String VERSION = "version";
    private static final Duration KEEP = Duration.ofDays(400);

    private final StateTable table;
    private final DueItemReader reader;
    private final StateJson json;

    RestoreStore(StateTable table, DueItemReader reader, StateJson json) {
        this.table = table;
        this.reader = reader;
        this.json = json;
    }

    Optional<Restoration> find(String datasource, String id) {
        return table.get(Key.restore(datasource, id)).flatMap(this::restoration);
    }

    /** Returns the restores of a datasource, the newest first. */
    List<Restoration> list(String datasource, int most) {
        return table
                .first(Query.partition(Key.restores(datasource)).highestFirst().limit(most), most)
                .stream()
                .flatMap(item -> restoration(item).stream())
                .toList();
    }

    /** Returns the restores among items of the due index. */
    List<Restoration> of(List<Item> due) {
        return reader.read(due, this::restoration);
    }

    /**
     * Writes the next version.
     *
     * @param due when the next step is due; null if the restore is done
     * @return it as it is written; empty if somebody else wrote it after it was read
     */
    Optional<Restoration> save(Restoration restoration, @Nullable Instant due) {
        Restoration written = restoration.written();
        Key key = Key.restore(written.datasource(), written.id());
        Item item = Item.at(key)
                .withCompressed(BODY, json.write(written))
                .with(VERSION, written.version())
                .due(key.pk(), due)
                .expiring(written.startedAt().plus(KEEP));
        Condition isAsRead =
                restoration.version() == 0 ? Condition.absent() : Condition.equal(VERSION, restoration.version());
        return table.putIf(item, isAsRead) ? Optional.of(written) : Optional.empty();
    }

    private Optional<Restoration> restoration(Item item) {
        return item.compressed(BODY).map(text -> json.read(text, Restoration.class));
    }
}
