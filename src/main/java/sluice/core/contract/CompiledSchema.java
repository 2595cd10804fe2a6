package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One definition of Druid's schemas, compiled for checking many documents. It is immutable and safe to share between
 * threads.
 *
 * @param name the definition's name, which is Druid's class name
 * @param page Druid's documentation page
 * @param description what the definition describes
 * @param extension the Druid extension that must be loaded for it; null for core Druid
 * @param kinds the allowed JSON types, bits of {@link JsonKinds}
 * @param properties schemas by property name; may be empty
 * @param required names of the required properties
 * @param additional schema of any other property; null if no other is allowed
 * @param items schema of each list entry; null for any entry
 * @param minItems smallest number of entries
 * @param values the allowed texts; empty for any
 * @param pattern the pattern that a text must match
 * @param minLength smallest length of a text
 * @param minimum smallest number
 * @param exclusiveMinimum the number that a value must exceed
 * @param maximum greatest number
 * @param choice selects another schema by a type name; null if there is no choice
 */
record CompiledSchema(
        String name,
        @Nullable String page,
        @Nullable String description,
        @Nullable String extension,
        int kinds,
        Map<String, PropertySchema> properties,
        Set<String> required,
        @Nullable PropertySchema additional,
        @Nullable PropertySchema items,
        int minItems,
        Set<String> values,
        @Nullable Pattern pattern,
        int minLength,
        @Nullable Double minimum,
        @Nullable Double exclusiveMinimum,
        @Nullable Double maximum,
        @Nullable Choice choice) {

    /**
     * Selects a schema by a type name.
     *
     * @param key the property that holds the name
     * @param branches schemas by name
     * @param fallback what Druid uses if the name is missing; null if Druid refuses that
     */
    record Choice(String key, Map<String, PropertySchema> branches, @Nullable PropertySchema fallback) {
        /** Returns the branch for the object; null if its type name is unknown, or missing without a fallback. */
        @Nullable
        PropertySchema of(JsonNode object) {
            JsonNode name = object.get(key);
            return name == null || name.isNull() ? fallback : branches.get(name.asText());
        }
    }

    /** Returns true if the text is an allowed value and has the required form. */
    boolean takes(String text) {
        return (values.isEmpty() || values.contains(text))
                && (pattern == null || pattern.matcher(text).find())
                && text.length() >= minLength;
    }

    /** Returns the property names in the schema's order. */
    List<String> names() {
        return List.copyOf(properties.keySet());
    }
}
