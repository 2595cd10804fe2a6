package sluice.sandbox.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sluice.platform.state.Item;
import sluice.platform.state.ItemPage;
import sluice.platform.state.Key;
import sluice.platform.state.Query.Position;
import sluice.platform.state.StateTable;
import sluice.sandbox.lambda.Json;
import sluice.simulation.InMemoryStateTable;

/**
 * The PartiQL statements of Sluice: what is due, of several shards, or of one shard in an order. DynamoDB answers shard by
 * shard.
 *
 * @param newestFirst the order within a shard
 * @param most maximum items of a page
 * @param start where the page begins
 */
record DueStatement(String table, List<Long> shards, boolean newestFirst, String until, int most, Start start) {

    private static final Pattern FORM = Pattern.compile("SELECT \\* FROM \"([^\"]+)\"\\.\"due\" WHERE "
            + StateTable.DUE_SHARD + " (?:IN \\[([0-9, ]+)]|= ([0-9]+)) AND " + StateTable.DUE_AT
            + " <= \\?(?: ORDER BY "
            + StateTable.DUE_AT + " (ASC|DESC))?");

    /** @param after a place in the first shard that is left */
    private record Start(int shard, @Nullable Position after) {

        static Start of(String token) {
            JsonNode place = Json.read(new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8));
            return new Start(
                    place.path(0).asInt(),
                    new Position(
                            new Key(place.path(1).asText(), place.path(2).asText()),
                            place.path(3).asText()));
        }

        static String token(int shard, Position after) {
            String place =
                    Json.write(List.of(shard, after.key().pk(), after.key().sk(), after.sort()));
            return Base64.getEncoder().encodeToString(place.getBytes(StandardCharsets.UTF_8));
        }
    }

    static DueStatement of(JsonNode request) {
        Matcher matcher = FORM.matcher(request.path("Statement").asText());
        if (!matcher.matches() || request.path("Parameters").size() != 1) {
            throw DynamoDbException.invalid("The sandbox's DynamoDB reads statements of one form only: " + FORM);
        }
        String shards = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
        return new DueStatement(
                matcher.group(1),
                Stream.of(shards.split(", *")).map(Long::valueOf).toList(),
                "DESC".equals(matcher.group(4)),
                request.path("Parameters").path(0).path("S").asText(),
                request.path("Limit").asInt(Integer.MAX_VALUE),
                request.has("NextToken") ? Start.of(request.path("NextToken").asText()) : new Start(0, null));
    }

    ObjectNode page(Tables tables) {
        InMemoryStateTable stateTable = tables.table(table);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("Items");
        Position after = start.after();
        for (int number = start.shard(); number < shards.size(); number++) {
            ItemPage page = stateTable.due(shards.get(number), newestFirst, until, most - items.size(), after);
            for (Item item : page.items()) {
                items.add(JsonItems.json(item));
            }
            if (page.next() != null) {
                return answer.put("NextToken", Start.token(number, page.next()));
            }
            after = null;
        }
        return answer;
    }
}
