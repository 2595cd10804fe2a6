package sluice.platform.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import sluice.platform.state.StateTable.DueLane;

/**
 * An item of the table, immutable: each {@code with} returns a new one. An attribute whose type is not the requested one
 * counts as absent.
 *
 * @param attributes by name, including those of the key
 */
public record Item(Map<String, Value> attributes) {

    public Item {
        attributes = Map.copyOf(attributes);
    }

    /** An item with its key and no other attributes. */
    public static Item at(Key key) {
        return new Item(key.attributes());
    }

    /** Sets a text; null leaves the attribute out. */
    public Item with(String name, @Nullable String value) {
        return value == null ? this : with(name, Value.of(value));
    }

    public Item with(String name, long value) {
        return with(name, Value.of(value));
    }

    /** Sets a time, in ISO-8601 with milliseconds, so that text order is time order; null leaves it out. */
    public Item with(String name, @Nullable Instant value) {
        return value == null ? this : with(name, Value.of(value));
    }

    /** Sets a set of texts; the table has no empty sets, so an empty one leaves the attribute out. */
    public Item with(String name, Collection<String> values) {
        return values.isEmpty() ? this : with(name, Value.of(values));
    }

    /** Sets a text that may be long; it is stored compressed. */
    public Item withCompressed(String name, String value) {
        return with(name, new Value.Bytes(gzip(value)));
    }

    /**
     * Puts the item into the due index at a time.
     *
     * @param spreadBy decides the item's partition of the index
     * @param at null leaves the item out of the index
     */
    public Item due(String spreadBy, @Nullable Instant at) {
        return due(DueLane.STEPS, spreadBy, at);
    }

    /** Puts the item into a lane of the due index, as {@link #due(String, Instant)} does. */
    public Item due(DueLane lane, String spreadBy, @Nullable Instant at) {
        return at == null
                ? this
                : with(StateTable.DUE_SHARD, lane.shard(spreadBy)).with(StateTable.DUE_AT, at);
    }

    /** Lets the table remove the item some time after the end. */
    public Item expiring(Instant end) {
        return with(StateTable.TTL, end.getEpochSecond());
    }

    public Optional<String> text(String name) {
        return value(name, Value.Text.class).map(Value.Text::text);
    }

    public long number(String name, long otherwise) {
        return value(name, Value.Number.class).map(Value.Number::number).orElse(otherwise);
    }

    public Optional<Instant> time(String name) {
        return text(name).map(Instant::parse);
    }

    /** The texts of a set, unordered. */
    public List<String> texts(String name) {
        return value(name, Value.Texts.class)
                .map(value -> List.copyOf(value.texts()))
                .orElse(List.of());
    }

    public Optional<String> compressed(String name) {
        return value(name, Value.Bytes.class).map(value -> gunzip(List.of(value.bytes())));
    }

    /** The bytes of an attribute that has some. */
    byte[] bytes(String name) {
        return value(name, Value.Bytes.class).orElseThrow().bytes();
    }

    Item with(String name, Value value) {
        Map<String, Value> changed = new HashMap<>(attributes);
        changed.put(name, value);
        return new Item(changed);
    }

    private <T extends Value> Optional<T> value(String name, Class<T> type) {
        return Optional.ofNullable(attributes.get(name))
                .filter(type::isInstance)
                .map(type::cast);
    }

    static byte[] gzip(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(value.getBytes(StandardCharsets.UTF_8));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return bytes.toByteArray();
    }

    /** @param parts in their order */
    static String gunzip(List<byte[]> parts) {
        List<InputStream> streams = new ArrayList<>();
        parts.forEach(part -> streams.add(new ByteArrayInputStream(part)));
        try (GZIPInputStream gzip = new GZIPInputStream(new SequenceInputStream(Collections.enumeration(streams)))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
