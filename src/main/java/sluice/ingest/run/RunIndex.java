package sluice.ingest.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import sluice.platform.state.Item;
import sluice.platform.state.ItemPage;
import sluice.platform.state.Key;
import sluice.platform.state.Query;
import sluice.platform.state.StateTable;

/**
 * The runs of a datasource, newest first. They are read from a sparse index that holds a few attributes of runs and
 * nothing else: it is written when a run is made and when its state changes, and a page costs what the page holds. The
 * index follows the table within a moment.
 */
@ApplicationScoped
public class RunIndex {

    /** A filter may pass over many runs; after this many reads the page is given as it is, with the place to go on. */
    private static final int MOST_READS = 10;

    private static final int READ_SIZE = 500;
    private static final String RUN_PREFIX = "run#";

    private final StateTable table;

    RunIndex(StateTable table) {
        this.table = table;
    }

    /**
     * What to list.
     *
     * @param state label of a state, or null for all
     * @param since the earliest time of planning, or null for all
     */
    public record Filter(String datasource, String state, Instant since) {}

    /**
     * One page.
     *
     * @param next where to go on, or null at the end
     */
    public record Page(List<RunSummary> runs, String next) {
        public Page {
            runs = List.copyOf(runs);
        }
    }

    /**
     * Reads a page.
     *
     * @param from the {@code next} of the page before, or null for the first
     * @throws IllegalArgumentException when {@code from} is no such place
     */
    public Page page(Filter filter, int size, String from) {
        List<RunSummary> runs = new ArrayList<>();
        Query.Position start = from == null ? null : start(from);
        for (int read = 0; read < MOST_READS; read++) {
            ItemPage page = table.query(query(filter).after(start));
            for (Item item : page.items()) {
                if (filter.state() == null || item.text("state").equals(Optional.of(filter.state()))) {
                    runs.add(summary(item));
                }
                if (runs.size() == size) {
                    return new Page(runs, place(positionOf(item)));
                }
            }
            start = page.next();
            if (start == null) {
                return new Page(runs, null);
            }
        }
        return new Page(runs, place(start));
    }

    /** All runs of a datasource, however many. */
    public List<RunSummary> all(String datasource) {
        return table.all(query(new Filter(datasource, null, null))).stream()
                .map(RunIndex::summary)
                .toList();
    }

    private static Query query(Filter filter) {
        return Query.runs(filter.datasource(), filter.since() == null ? Instant.EPOCH : filter.since())
                .limit(READ_SIZE);
    }

    private static RunSummary summary(Item item) {
        return new RunSummary(
                item.text("pk").orElseThrow().substring(RUN_PREFIX.length()),
                item.text("cluster").orElseThrow(),
                item.text("datasource").orElseThrow(),
                item.text("kind").orElseThrow(),
                item.text("state").orElseThrow(),
                item.time("createdAt").orElseThrow(),
                item.text("definitionHash").orElse(""));
    }

    private static Query.Position positionOf(Item item) {
        return new Query.Position(Key.of(item), item.text("createdAt").orElseThrow());
    }

    private static String place(Query.Position position) {
        String text = position.sort() + " " + position.key().pk();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Query.Position start(String place) {
        String[] parts = new String(Base64.getUrlDecoder().decode(place), StandardCharsets.UTF_8).split(" ");
        if (parts.length != 2 || !parts[1].startsWith(RUN_PREFIX)) {
            throw new IllegalArgumentException("not a place in a list of runs: " + place);
        }
        return new Query.Position(Key.run(parts[1].substring(RUN_PREFIX.length())), parts[0]);
    }
}
