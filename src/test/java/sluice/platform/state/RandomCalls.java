package sluice.platform.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import sluice.platform.state.Query.Position;

/** Calls of a state table, drawn from a seed: few keys and attributes, so that the calls meet each other. */
final class RandomCalls {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final List<String> TEXTS = List.of("", "a", "b", "ä", "😀", "\uFFFD", "a#1");

    private final Random random;

    RandomCalls(long seed) {
        this.random = new Random(seed);
    }

    /**
     * A call.
     *
     * @param text what it is, for the message of a failed test
     * @param answer makes it of a table; what comes of it has an {@code equals}
     */
    record Call(String text, Function<StateTable, Object> answer) {

        /** What the table answers, or why it does not. */
        Object of(StateTable table) {
            try {
                return answer.apply(table);
            } catch (TransactionCancelledException exception) {
                return exception.failures();
            } catch (StateException exception) {
                return exception.code();
            }
        }
    }

    Call next() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> put();
            case 2, 3 -> update();
            case 4 -> remove();
            case 5, 6 -> transaction();
            case 7 -> due();
            case 8 -> runs();
            default -> query();
        };
    }

    private Call put() {
        Item item = item(key());
        Condition condition = condition(2);
        return new Call("put " + item + " if " + condition, table -> table.putIf(item, condition));
    }

    private Call update() {
        Key key = key();
        Changes changes = changes();
        Condition condition = condition(2);
        return new Call(
                "update " + key + " " + changes + " if " + condition, table -> table.updateIf(key, changes, condition));
    }

    private Call remove() {
        Key key = key();
        return new Call("remove " + key, table -> {
            table.remove(key);
            return table.get(key);
        });
    }

    private Call transaction() {
        Map<Key, Write> writes = new HashMap<>();
        IntStream.rangeClosed(0, random.nextInt(4)).forEach(number -> {
            Key key = key();
            writes.put(key, write(key));
        });
        List<Write> all = List.copyOf(writes.values());
        return new Call("transact " + all, table -> {
            table.transact(all);
            return true;
        });
    }

    private Write write(Key key) {
        return switch (random.nextInt(3)) {
            case 0 -> Write.put(item(key), condition(2));
            case 1 -> Write.update(key, fitting(), condition(2));
            default -> Write.delete(key, condition(2));
        };
    }

    private Call due() {
        Instant now = time();
        int most = 1 + random.nextInt(12);
        return new Call("due " + now + " " + most, table -> table.due(now, most).stream()
                .map(item -> item.text(StateTable.DUE_AT))
                .toList());
    }

    private Call runs() {
        Query query =
                Query.runs(random.nextBoolean() ? "wiki" : "other", time()).limit(1 + random.nextInt(3));
        return new Call("all " + query, table -> Set.copyOf(table.all(query)));
    }

    private Call query() {
        Query query = Query.partition(pk());
        switch (random.nextInt(3)) {
            case 0 -> query = query.startingWith("a");
            case 1 -> query = query.between("a", "b");
            default -> {
                // All of them.
            }
        }
        if (random.nextBoolean()) {
            query = query.highestFirst();
        }
        if (random.nextBoolean()) {
            query = query.limit(1 + random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            Key key = key();
            query = query.after(new Position(key, key.sk()));
        }
        Query drawn = query;
        return new Call("query " + drawn, table -> table.query(drawn));
    }

    private Item item(Key key) {
        Item item = Item.at(key);
        for (String name : List.of("n", "t", "state")) {
            item = switch (random.nextInt(4)) {
                case 0 -> item.with(name, random.nextInt(5) - 2);
                case 1 -> item.with(name, text());
                case 2 -> item.with(name, texts());
                default -> item;
            };
        }
        return indexed(item);
    }

    /** Sometimes an item of an index, and now and then one that the index does not take. */
    private Item indexed(Item item) {
        Item indexed = item;
        if (random.nextInt(3) == 0) {
            indexed = indexed.with(StateTable.DUE_SHARD, random.nextInt(17)).with(StateTable.DUE_AT, time());
        }
        if (random.nextInt(3) == 0) {
            indexed = indexed.with("datasource", random.nextBoolean() ? "wiki" : "other")
                    .with("createdAt", time());
        }
        return switch (random.nextInt(20)) {
            case 0 -> indexed.with(StateTable.DUE_SHARD, "no number");
            case 1 -> indexed.with("datasource", "");
            default -> indexed;
        };
    }

    private Changes changes() {
        Changes changes = Changes.NONE;
        for (String name : List.of("n", "t", "state")) {
            changes = switch (random.nextInt(6)) {
                case 0 -> changes.set(name, random.nextInt(5));
                case 1 -> changes.set(name, text());
                case 2 -> changes.add(name, random.nextInt(5) - 2);
                case 3 -> changes.add(name, texts());
                case 4 -> changes.remove(name);
                default -> changes.setIfAbsent(name, time());
            };
        }
        return switch (random.nextInt(4)) {
            case 0 -> changes.due("shard-" + random.nextInt(9), time());
            case 1 -> changes.notDue();
            default -> changes;
        };
    }

    /** Changes that can be made of any item: in a transaction, DynamoDB and its local edition refuse others in different ways. */
    private Changes fitting() {
        return Changes.NONE.set("n", random.nextInt(5)).set("t", text()).remove("state");
    }

    private Condition condition(int depth) {
        return switch (random.nextInt(depth == 0 ? 8 : 11)) {
            case 0 -> Condition.absent();
            case 1 -> Condition.present();
            case 2 -> Condition.has(name());
            case 3 -> Condition.lacks(name());
            case 4 -> Condition.equal(name(), random.nextInt(3));
            case 5 -> Condition.equal(name(), text());
            case 6 -> Condition.differs(name(), text());
            case 7 -> Condition.before(StateTable.DUE_AT, time());
            case 8 -> condition(0).and(condition(depth - 1));
            case 9 -> condition(0).or(condition(depth - 1));
            default -> depth == 2 ? Condition.ALWAYS : Condition.present();
        };
    }

    private Key key() {
        return new Key(pk(), List.of("a", "ab", "b", "ä", "😀", "\uFFFD").get(random.nextInt(6)));
    }

    private String pk() {
        return random.nextBoolean() ? "p" : "q";
    }

    private String name() {
        return List.of("n", "t", "state", "datasource").get(random.nextInt(4));
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private Set<String> texts() {
        Set<String> texts = new TreeSet<>(Set.of(text()));
        new ArrayList<>(List.of(text(), text())).forEach(texts::add);
        return texts;
    }

    private Instant time() {
        return NOON.plusSeconds(random.nextInt(20));
    }
}
