package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Spoils a good spec at one place, the same way for the same seed. */
final class Mutations {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Maps whose keys are the user's own: nothing that is done to their content is a mistake that Druid could see. */
    private static final List<String> FREE =
            List.of("context", "taskContext", "consumerProperties", "tieredReplicants", "featureSpec");

    private final Random random;

    /** @param what which mutation was done, and where */
    record Mutant(String what, JsonNode document) {}

    private record PropertySchema(ObjectNode parent, String key, String pointer) {}

    Mutations(long seed) {
        this.random = new Random(seed);
    }

    Mutant of(JsonNode good) {
        JsonNode document = good.deepCopy();
        List<PropertySchema> places = new ArrayList<>();
        collect(document, "", places);
        PropertySchema place = places.get(random.nextInt(places.size()));
        JsonNode value = place.parent().get(place.key());
        String what =
                switch (random.nextInt(6)) {
                    case 0 -> {
                        place.parent().remove(place.key());
                        yield "drop";
                    }
                    case 1 -> rename(place, value);
                    case 2 -> retype(place, value);
                    case 3 -> misplace(place, value, places);
                    case 4 -> outOfRange(place, value);
                    default -> misspell(place, value);
                };
        return new Mutant(what + " " + place.pointer(), document);
    }

    private static void collect(JsonNode node, String pointer, List<PropertySchema> places) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                String child = pointer + "/" + entry.getKey();
                places.add(new PropertySchema(object, entry.getKey(), child));
                if (!FREE.contains(entry.getKey())) {
                    collect(entry.getValue(), child, places);
                }
            });
        } else if (node instanceof ArrayNode list) {
            for (int index = 0; index < list.size(); index++) {
                collect(list.get(index), pointer + "/" + index, places);
            }
        }
    }

    private String rename(PropertySchema place, JsonNode value) {
        place.parent().remove(place.key());
        String name = typo(place.key());
        place.parent().set(name, value);
        return "rename to " + name + ":";
    }

    private String typo(String word) {
        if (word.length() < 3) {
            return word + "x";
        }
        int at = 1 + random.nextInt(word.length() - 1);
        return switch (random.nextInt(3)) {
            case 0 -> word.substring(0, at) + word.substring(at + 1 > word.length() ? at : at + 1) + "_";
            case 1 -> word.substring(0, at) + "q" + word.substring(at);
            default -> word + "s";
        };
    }

    private String retype(PropertySchema place, JsonNode value) {
        List<JsonNode> others = List.of(
                JSON.textNode("abc"),
                JSON.numberNode(7),
                JSON.booleanNode(true),
                JSON.arrayNode(),
                JSON.objectNode(),
                JSON.textNode("12"),
                JSON.textNode(""),
                JSON.numberNode(1.5),
                JSON.textNode("true"),
                JSON.arrayNode().add("x"),
                JSON.objectNode().put("type", "nonsense"));
        JsonNode other = others.get(random.nextInt(others.size()));
        place.parent().set(place.key(), other);
        return "retype to " + other + ":";
    }

    private String misplace(PropertySchema place, JsonNode value, List<PropertySchema> places) {
        PropertySchema target = places.get(random.nextInt(places.size()));
        if (target.pointer().startsWith(place.pointer()) || target.parent().has(place.key())) {
            place.parent().remove(place.key());
            return "drop";
        }
        place.parent().remove(place.key());
        target.parent().set(place.key(), value);
        return "misplace beside " + target.pointer() + ":";
    }

    private String outOfRange(PropertySchema place, JsonNode value) {
        List<JsonNode> numbers = List.of(
                JSON.numberNode(-1),
                JSON.numberNode(0),
                JSON.numberNode(-1000),
                JSON.numberNode(2147483648L),
                JSON.numberNode(99999999999999L),
                JSON.numberNode(1));
        if (!value.isNumber()) {
            return misspell(place, value);
        }
        JsonNode number = numbers.get(random.nextInt(numbers.size()));
        place.parent().set(place.key(), number);
        return "set to " + number + ":";
    }

    private String misspell(PropertySchema place, JsonNode value) {
        if (!value.isTextual() || value.asText().length() > 40) {
            return retype(place, value);
        }
        String text =
                switch (random.nextInt(3)) {
                    case 0 -> typo(value.asText());
                    case 1 -> value.asText() + "/";
                    default -> value.asText().replace('0', 'O').replace('-', '_') + "x";
                };
        place.parent().put(place.key(), text);
        return "misspell as '" + text + "':";
    }
}
