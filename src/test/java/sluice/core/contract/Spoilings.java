package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Spoils a good spec at every place so that its author's intention can still be told: by rename, move and retype. */
final class Spoilings {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Maps whose keys are the user's own. */
    private static final Set<String> FREE = Set.of(
            "context",
            "taskContext",
            "consumerProperties",
            "tieredReplicants",
            "featureSpec",
            "expectedSchema",
            "data");

    private static final int MOVES = 2;

    /**
     * @param kind rename, move or retype
     * @param what what was done, and where
     */
    record Spoilt(String kind, String what, JsonNode document) {}

    private record Place(String pointer, String key) {
        String child() {
            return pointer + "/" + key;
        }
    }

    private final JsonNode good;
    private final List<Place> members = new ArrayList<>();
    private final List<String> objects = new ArrayList<>();
    private final List<Spoilt> spoilt = new ArrayList<>();

    private Spoilings(JsonNode good) {
        this.good = good;
    }

    static List<Spoilt> of(JsonNode good) {
        Spoilings spoilings = new Spoilings(good);
        spoilings.collect(good, "");
        spoilings.members.forEach(member -> {
            spoilings.renames(member);
            spoilings.moves(member);
            spoilings.retypes(member);
        });
        return spoilings.spoilt;
    }

    private void collect(JsonNode node, String pointer) {
        if (node.isObject()) {
            objects.add(pointer);
            node.properties().forEach(member -> {
                members.add(new Place(pointer, member.getKey()));
                if (!FREE.contains(member.getKey())) {
                    collect(member.getValue(), pointer + "/" + member.getKey());
                }
            });
        }
        for (int index = 0; node.isArray() && index < node.size(); index++) {
            collect(node.get(index), pointer + "/" + index);
        }
    }

    private void add(String kind, String what, Place member, BiConsumer<ObjectNode, JsonNode> change) {
        JsonNode document = good.deepCopy();
        ObjectNode parent = (ObjectNode) document.at(member.pointer());
        change.accept(parent, document);
        spoilt.add(new Spoilt(kind, what, document));
    }

    private void renames(Place member) {
        String key = member.key();
        int middle = key.length() / 2;
        List<String> typos = List.of(
                key + "s",
                key.substring(0, middle) + key.substring(middle + 1),
                key.substring(0, middle) + "x" + key.substring(middle),
                key.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + key.substring(1),
                key.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT));
        for (String typo : Set.copyOf(typos)) {
            if (!typo.equals(key)
                    && key.length() > 2
                    && !good.at(member.pointer()).has(typo)) {
                add("rename", member.child() + " to " + typo, member, (parent, document) -> {
                    JsonNode value = parent.remove(key);
                    parent.set(typo, value);
                });
            }
        }
    }

    private void moves(Place member) {
        int from = Math.floorMod(member.child().hashCode(), objects.size());
        int done = 0;
        for (int step = 0; step < objects.size() && done < MOVES; step++) {
            String target = objects.get((from + step) % objects.size());
            boolean possible = !target.equals(member.pointer())
                    && !(target + "/").startsWith(member.child() + "/")
                    && !good.at(target).has(member.key());
            if (possible) {
                done++;
                add("move", member.child() + " to " + target, member, (parent, document) -> {
                    JsonNode value = parent.remove(member.key());
                    ((ObjectNode) document.at(target)).set(member.key(), value);
                });
            }
        }
    }

    private void retypes(Place member) {
        JsonNode value = good.at(member.child());
        List<JsonNode> others = new ArrayList<>();
        if (value.isNumber() || value.isBoolean()) {
            others.add(JSON.textNode(value.asText()));
        }
        if (value.isBoolean()) {
            others.add(JSON.textNode(value.asText().toUpperCase(java.util.Locale.ROOT)));
        }
        if (!value.isArray() && !value.isNull()) {
            others.add(JSON.arrayNode().add(value));
        }
        if (value instanceof ArrayNode list && list.size() == 1) {
            others.add(list.get(0));
        }
        others.forEach(other -> add(
                "retype",
                member.child() + " to " + other,
                member,
                (parent, document) -> parent.set(member.key(), other)));
    }
}
