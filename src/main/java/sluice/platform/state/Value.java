package sluice.platform.state;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;

/** The value of an attribute: one of the four types that Sluice stores. */
public sealed interface Value {

    static Value of(String text) {
        return new Text(text);
    }

    static Value of(long number) {
        return new Number(number);
    }

    /** A time, in ISO-8601 with milliseconds, so that text order is time order. */
    static Value of(Instant time) {
        return new Text(Times.text(time));
    }

    static Value of(Collection<String> texts) {
        return new Texts(Set.copyOf(texts));
    }

    /** A text (DynamoDB's {@code S}). */
    record Text(String text) implements Value {}

    /** A whole number (DynamoDB's {@code N}). */
    record Number(long number) implements Value {}

    /** A set of texts (DynamoDB's {@code SS}), never empty. */
    record Texts(Set<String> texts) implements Value {
        public Texts {
            texts = Set.copyOf(texts);
            if (texts.isEmpty()) {
                throw new IllegalArgumentException("The table stores no empty sets");
            }
        }
    }

    /** Bytes (DynamoDB's {@code B}). The array is not copied; do not change it. */
    record Bytes(byte[] bytes) implements Value {

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return bytes.length + " bytes";
        }
    }
}
