package sluice.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML with positions. Scalars mean what {@link YamlScalars} says. Anchors and merge keys work; tags other than
 * {@code !!str} do not. A document that aliases inflate is refused before it fills the memory.
 */
public final class YamlText {

    private static final String MERGE = "<<";
    private static final Tag PLAIN = new Tag("tag:sluice,plain");

    private final DuplicateKeyListener duplicates;
    private final Map<String, Position> values = new HashMap<>();
    private final Map<String, Position> keys = new HashMap<>();
    private final Set<String> plain = new HashSet<>();
    private final DocumentBudget budget = new DocumentBudget();

    private YamlText(DuplicateKeyListener duplicates) {
        this.duplicates = duplicates;
    }

    public static LocatedDocument read(String text, DuplicateKeyListener duplicates) throws UnreadableTextException {
        YamlText reading = new YamlText(duplicates);
        JsonNode root = reading.value(document(text), "", 0);
        return new LocatedDocument(root, reading.values, reading.keys, reading.plain);
    }

    /** Returns the only document of a text. */
    static Node document(String text) throws UnreadableTextException {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DocumentBudget.DEEPEST);
        try {
            Composer composer = new Composer(new CountingParser(text, options), new PlainResolver(), options);
            if (!composer.checkNode()) {
                throw new UnreadableTextException("The document is empty", new Position(1, 1));
            }
            Node root = composer.getNode();
            if (composer.checkNode()) {
                throw new UnreadableTextException(
                        "A second document begins here; a definition is a single document",
                        position(composer.getNode().getStartMark()));
            }
            return root;
        } catch (MarkedYAMLException malformed) {
            Mark mark = malformed.getProblemMark();
            throw new UnreadableTextException(malformed.getProblem(), mark == null ? null : position(mark));
        } catch (YAMLException malformed) {
            throw new UnreadableTextException(String.valueOf(malformed.getMessage()), null);
        }
    }

    private JsonNode value(Node node, String pointer, int depth) throws UnreadableTextException {
        Position position = position(node.getStartMark());
        budget.value(pointer, depth, position);
        values.putIfAbsent(pointer, position);
        if (node instanceof MappingNode mapping) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            mapping(mapping, object, pointer, depth);
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (Node element : sequence.getValue()) {
                array.add(value(element, JsonPointers.child(pointer, array.size()), depth + 1));
            }
            checkTag(node, Tag.SEQ);
            return array;
        }
        return scalar((ScalarNode) node, pointer);
    }

    private void mapping(MappingNode mapping, ObjectNode object, String pointer, int depth)
            throws UnreadableTextException {
        checkTag(mapping, Tag.MAP);
        for (NodeTuple tuple : mapping.getValue()) {
            if (isMerge(tuple.getKeyNode())) {
                continue;
            }
            String key = key(tuple.getKeyNode());
            Position position = position(tuple.getKeyNode().getStartMark());
            budget.key(key, position);
            String child = JsonPointers.child(pointer, key);
            if (object.has(key)) {
                duplicates.found(position, child, key);
            }
            keys.put(child, position);
            object.set(key, value(tuple.getValueNode(), child, depth + 1));
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (isMerge(tuple.getKeyNode())) {
                merge(tuple.getValueNode(), object, pointer, depth + 1);
            }
        }
    }

    /** Adds the keys of the merged mappings that the object lacks. Of several mappings, the first wins. */
    private void merge(Node merged, ObjectNode object, String pointer, int depth) throws UnreadableTextException {
        if (merged instanceof SequenceNode sequence) {
            budget.value(pointer, depth, position(merged.getStartMark()));
            for (Node element : sequence.getValue()) {
                merge(element, object, pointer, depth + 1);
            }
            return;
        }
        if (!(value(merged, pointer, depth) instanceof ObjectNode source)) {
            throw new UnreadableTextException(
                    "'<<' merges objects, and this is not an object", position(merged.getStartMark()));
        }
        source.properties().forEach(property -> {
            if (!object.has(property.getKey())) {
                object.set(property.getKey(), property.getValue());
            }
        });
    }

    private static boolean isMerge(Node key) {
        return key instanceof ScalarNode scalar
                && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && scalar.getValue().equals(MERGE);
    }

    private static String key(Node key) throws UnreadableTextException {
        if (key instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new UnreadableTextException("A key must be a text", position(key.getStartMark()));
    }

    private JsonNode scalar(ScalarNode scalar, String pointer) throws UnreadableTextException {
        budget.text(scalar.getValue(), position(scalar.getStartMark()));
        if (scalar.getTag().equals(PLAIN)) {
            plain.add(pointer);
            return YamlScalars.plain(scalar.getValue());
        }
        checkTag(scalar, Tag.STR);
        return JsonNodeFactory.instance.textNode(scalar.getValue());
    }

    private static void checkTag(Node node, Tag expected) throws UnreadableTextException {
        if (!node.getTag().equals(expected)) {
            throw new UnreadableTextException(
                    "The tag " + node.getTag() + " is not supported", position(node.getStartMark()));
        }
    }

    private static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** Gives up before a text has become more nodes than a document may have. */
    private static final class CountingParser extends ParserImpl {
        /** A value has at most two events, a key another one, and the document a few. */
        private static final int MOST_EVENTS = 3 * DocumentBudget.MOST_VALUES + 10;

        private int events;

        CountingParser(String text, LoaderOptions options) {
            super(new StreamReader(text), options);
        }

        @Override
        public Event getEvent() {
            if (++events > MOST_EVENTS) {
                throw new YAMLException("More than " + DocumentBudget.MOST_VALUES + " values");
            }
            Event event = super.getEvent();
            String tag = tag(event);
            // Escapes in a tag may stand for blanks, which SnakeYAML's composer answers with an exception without a
            // place.
            if (tag != null && (tag.isEmpty() || !tag.trim().equals(tag))) {
                throw new ParserException(null, null, "A tag must not begin or end with a blank", event.getStartMark());
            }
            return event;
        }

        private static @Nullable String tag(Event event) {
            if (event instanceof ScalarEvent scalar) {
                return scalar.getTag();
            }
            return event instanceof CollectionStartEvent collection ? collection.getTag() : null;
        }
    }

    /** Leaves unquoted scalars untyped, instead of YAML 1.1's guesses. */
    private static final class PlainResolver extends Resolver {
        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            return kind == NodeId.scalar && implicit ? PLAIN : super.resolve(kind, value, implicit);
        }
    }
}
