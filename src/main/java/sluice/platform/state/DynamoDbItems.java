package sluice.platform.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts between the AWS SDK's items and values and Sluice's. */
final class DynamoDbItems {

    private DynamoDbItems() {}

    static Map<String, AttributeValue> attributes(Item item) {
        return attributes(item.attributes());
    }

    static Map<String, AttributeValue> key(Key key) {
        return attributes(key.attributes());
    }

    static Item item(Map<String, AttributeValue> attributes) {
        Map<String, Value> values = new HashMap<>();
        attributes.forEach((name, attribute) -> {
            Value value = value(attribute);
            if (value != null) {
                values.put(name, value);
            }
        });
        return new Item(values);
    }

    static AttributeValue attribute(Value value) {
        if (value instanceof Value.Text text) {
            return AttributeValue.fromS(text.text());
        } else if (value instanceof Value.Number number) {
            return AttributeValue.fromN(Long.toString(number.number()));
        } else if (value instanceof Value.Texts texts) {
            return AttributeValue.fromSs(List.copyOf(texts.texts()));
        }
        return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(((Value.Bytes) value).bytes()));
    }

    /** Returns null for a type that Sluice does not store, so that the other attributes stay readable. */
    private static @Nullable Value value(AttributeValue attribute) {
        return switch (attribute.type()) {
            case S -> Value.of(attribute.s());
            case N -> Value.of(Long.parseLong(attribute.n()));
            case SS -> Value.of(attribute.ss());
            case B -> new Value.Bytes(attribute.b().asByteArrayUnsafe());
            case NS, BS, M, L, BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> null;
        };
    }

    private static Map<String, AttributeValue> attributes(Map<String, Value> values) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        values.forEach((name, value) -> attributes.put(name, attribute(value)));
        return attributes;
    }
}
