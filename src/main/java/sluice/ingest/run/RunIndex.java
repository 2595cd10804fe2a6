package sluice.ingest.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.platform.state.Item;
import sluice.platform.state.StateTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The runs of a datasource, newest first. They are read from a sparse index that holds a few attributes of runs and
 * nothing else: it is written when a run is made and when its state changes, and a page costs what the page holds. The
 * index follows the table within a moment.
 */
@ApplicationScoped
public class RunIndex {

    static final String INDEX = "runs";
    /** A filter may pass over many runs; after this many reads the page is given as it is, with the place to go on. */
    private static final int MOST_READS = 10;

    private static final int READ_SIZE = 500;

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
        Map<String, AttributeValue> start = from == null ? null : start(filter, from);
        for (int read = 0; read < MOST_READS; read++) {
            QueryResponse response = table.client().query(query(filter, start));
            for (Map<String, AttributeValue> attributes : response.items()) {
                Item item = Item.of(attributes);
                if (filter.state() == null || item.text("state").equals(Optional.of(filter.state()))) {
                    runs.add(summary(item));
                }
                if (runs.size() == size) {
                    return new Page(runs, place(item));
                }
            }
            start = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : Map.of();
            if (start.isEmpty()) {
                return new Page(runs, null);
            }
        }
        return new Page(runs, place(Item.of(start)));
    }

    /** All runs of a datasource, however many. */
    public List<RunSummary> all(String datasource) {
        List<RunSummary> runs = new ArrayList<>();
        for (var response : table.client().queryPaginator(query(new Filter(datasource, null, null), null))) {
            response.items().forEach(attributes -> runs.add(summary(Item.of(attributes))));
        }
        return List.copyOf(runs);
    }

    private QueryRequest query(Filter filter, Map<String, AttributeValue> start) {
        Item values = Item.values()
                .with(":datasource", filter.datasource())
                .with(":since", filter.since() == null ? Instant.EPOCH : filter.since());
        QueryRequest.Builder query = QueryRequest.builder()
                .tableName(table.name())
                .indexName(INDEX)
                .keyConditionExpression("datasource = :datasource AND createdAt >= :since")
                .expressionAttributeValues(values.attributes())
                .scanIndexForward(false)
                .limit(READ_SIZE);
        if (start != null) {
            query.exclusiveStartKey(start);
        }
        return query.build();
    }

    private static RunSummary summary(Item item) {
        return new RunSummary(
                item.text("pk").orElseThrow().substring("run#".length()),
                item.text("cluster").orElseThrow(),
                item.text("datasource").orElseThrow(),
                item.text("kind").orElseThrow(),
                item.text("state").orElseThrow(),
                item.time("createdAt").orElseThrow(),
                item.text("definitionHash").orElse(""));
    }

    private static String place(Item item) {
        String text =
                item.text("createdAt").orElseThrow() + " " + item.text("pk").orElseThrow();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, AttributeValue> start(Filter filter, String place) {
        String[] parts = new String(Base64.getUrlDecoder().decode(place), StandardCharsets.UTF_8).split(" ");
        if (parts.length != 2 || !parts[1].startsWith("run#")) {
            throw new IllegalArgumentException("not a place in a list of runs: " + place);
        }
        return Map.of(
                "pk", AttributeValue.fromS(parts[1]),
                "sk", AttributeValue.fromS("run"),
                "datasource", AttributeValue.fromS(filter.datasource()),
                "createdAt", AttributeValue.fromS(parts[0]));
    }
}
