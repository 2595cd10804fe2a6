package sluice.ingest.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sluice.platform.state.Item;
import sluice.platform.state.ItemPage;
import sluice.platform.state.Key;
import sluice.platform.state.Query;
import sluice.platform.state.StateException;
import sluice.platform.state.StateTable;

/**
 * Lists the runs of a datasource, newest first. It reads a sparse index that holds a few attributes of each run, so a page costs
 * what it holds. The index follows the table within moments.
 */
@ApplicationScoped
public class RunIndex {

    /** A filter may skip many runs. After this many reads the page is returned as it is, with the place to go on. */
    private static final int MOST_READS = 10;

    private static final int READ_SIZE = 500;
    private static final int FIRST_READ_SIZE = 20;
    private static final String RUN_PREFIX = "run#";
    private static final int LONGEST_KEY = 500;
    private static final Pattern TIME = Pattern.compile("[0-9TZ:.-]{20,30}");

    private final StateTable table;

    RunIndex(StateTable table) {
        this.table = table;
    }

    /**
     * What to list.
     *
     * @param state label of a state; null for all
     * @param since earliest time of planning; null for all
     */
    public record Filter(String datasource, @Nullable String state, @Nullable Instant since) {}

    /**
     * One page.
     *
     * @param next where the next page begins; null at the end
     */
    public record Page(List<RunSummary> runs, @Nullable String next) {
        public Page {
            runs = List.copyOf(runs);
        }
    }

    /**
     * Reads a page.
     *
     * @param from the {@code next} of the page before; null for the first page
     * @throws IllegalArgumentException if {@code from} is no such place
     */
    public Page page(Filter filter, int size, @Nullable String from) {
        List<RunSummary> runs = new ArrayList<>();
        Query.Position start = from == null ? null : start(from);
        for (int read = 1; ; read++) {
            ItemPage page = read(query(filter).after(start), from);
            for (Item item : page.items()) {
                if (filter.state() == null || item.text("state").equals(Optional.of(filter.state()))) {
                    runs.add(summary(item));
                }
                if (runs.size() == size) {
                    return new Page(runs, place(positionOf(item)));
                }
            }
            start = page.next();
            if (start == null || read == MOST_READS) {
                return new Page(runs, start == null ? null : place(start));
            }
        }
    }

    /** The table checks a place, too: it must be inside of what is queried. */
    private ItemPage read(Query query, @Nullable String from) {
        try {
            return table.query(query);
        } catch (StateException exception) {
            if (exception.code() == StateException.Code.REFUSED && from != null) {
                throw new IllegalArgumentException("not a place in this list: " + from, exception);
            }
            throw exception;
        }
    }

    /** Returns the newest run of a datasource that fits; empty if none of its newest few thousand runs does. */
    public Optional<RunSummary> newest(String datasource, Predicate<RunSummary> fits) {
        Query.Position start = null;
        // Nearly always the first few have it, and a page costs what it reads.
        int size = FIRST_READ_SIZE;
        for (int read = 1; read <= MOST_READS; read++) {
            ItemPage page = table.query(
                    query(new Filter(datasource, null, null)).limit(size).after(start));
            Optional<RunSummary> found =
                    page.items().stream().map(RunIndex::summary).filter(fits).findFirst();
            start = page.next();
            if (found.isPresent() || start == null) {
                return found;
            }
            size = READ_SIZE;
        }
        return Optional.empty();
    }

    /** Returns all runs of a datasource. */
    public List<RunSummary> all(String datasource) {
        return table.all(query(new Filter(datasource, null, null))).stream()
                .map(RunIndex::summary)
                .toList();
    }

    /** Returns the runs of a datasource that were first planned at a time or later. */
    public List<RunSummary> since(String datasource, Instant since) {
        return table.all(query(new Filter(datasource, null, since))).stream()
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
        if (parts.length != 2
                || !TIME.matcher(parts[0]).matches()
                || !parts[1].startsWith(RUN_PREFIX)
                || parts[1].length() > LONGEST_KEY) {
            throw new IllegalArgumentException("not a place in a list of runs: " + place);
        }
        return new Query.Position(Key.run(parts[1].substring(RUN_PREFIX.length())), parts[0]);
    }
}
