package sluice.platform.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attributes of an item, with readers and writers for the few types that Sluice stores. */
public final class Item {

    private final Map<String, AttributeValue> attributes;

    private Item(Map<String, AttributeValue> attributes) {
        this.attributes = attributes;
    }

    public static Item at(Key key) {
        return new Item(new HashMap<>(key.attributes()));
    }

    /** Attribute values of an expression: names are given with their colon. */
    public static Item values() {
        return new Item(new HashMap<>());
    }

    public static Item of(Map<String, AttributeValue> attributes) {
        return new Item(attributes);
    }

    /** Sets a text; null leaves the attribute out. */
    public Item with(String name, String value) {
        return value == null ? this : put(name, AttributeValue.fromS(value));
    }

    public Item with(String name, long value) {
        return put(name, AttributeValue.fromN(Long.toString(value)));
    }

    /** Sets a time, in ISO-8601 with milliseconds, so that text order is time order; null leaves it out. */
    public Item with(String name, Instant value) {
        return value == null ? this : put(name, AttributeValue.fromS(Times.text(value)));
    }

    /** Sets a set of texts; DynamoDB has no empty sets, so an empty one leaves the attribute out. */
    public Item with(String name, Collection<String> values) {
        return values.isEmpty() ? this : put(name, AttributeValue.fromSs(List.copyOf(values)));
    }

    /** Sets a text that may be long: it is stored compressed. */
    public Item withCompressed(String name, String value) {
        return put(name, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(gzip(value))));
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
    }

    public long number(String name, long otherwise) {
        AttributeValue value = attributes.get(name);
        return value == null ? otherwise : Long.parseLong(value.n());
    }

    public Optional<Instant> time(String name) {
        return text(name).map(Instant::parse);
    }

    public List<String> texts(String name) {
        AttributeValue value = attributes.get(name);
        return value == null ? List.of() : List.copyOf(value.ss());
    }

    public Optional<String> compressed(String name) {
        return Optional.ofNullable(attributes.get(name))
                .map(value -> gunzip(value.b().asByteArrayUnsafe()));
    }

    /** Size of a compressed text as stored. */
    public int bytes(String name) {
        return attributes.get(name).b().asByteArrayUnsafe().length;
    }

    public Map<String, AttributeValue> attributes() {
        return Map.copyOf(attributes);
    }

    private Item put(String name, AttributeValue value) {
        attributes.put(name, value);
        return this;
    }

    private static byte[] gzip(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(value.getBytes(StandardCharsets.UTF_8));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return bytes.toByteArray();
    }

    private static String gunzip(byte[] bytes) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
