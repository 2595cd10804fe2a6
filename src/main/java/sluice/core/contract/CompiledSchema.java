package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One definition of Druid's schemas, made ready for checking many documents. Immutable, so it can be shared between
 * threads without care.
 *
 * @param name the definition's name, which is Druid's class name
 * @param page Druid's documentation page, or null
 * @param description what it is, in words, or null
 * @param extension the Druid extension that must be loaded for it, or null
 * @param kinds which JSON kinds are allowed, bits of {@link JsonKinds}
 * @param properties by name; empty where there are none
 * @param required names that must be there
 * @param additional what any other property must be, or null where no other is allowed
 * @param items what each entry of a list must be, or null for anything
 * @param minItems least number of entries
 * @param values the texts that are allowed, empty for any
 * @param pattern what a text must look like, or null
 * @param minLength least length of a text
 * @param minimum least number, or null
 * @param exclusiveMinimum number that must be exceeded, or null
 * @param maximum greatest number, or null
 * @param choice which other shape applies, by a type name, or null where there is no choice
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
     * Selection by a type name.
     *
     * @param key the property that holds the name
     * @param branches shape by name
     * @param fallback what Druid takes when there is no name, or null where it refuses that
     */
    record Choice(String key, Map<String, PropertySchema> branches, @Nullable PropertySchema fallback) {
        /** The branch for the object, or null where its type name is missing without need or not known. */
        @Nullable
        PropertySchema of(JsonNode object) {
            JsonNode name = object.get(key);
            return name == null || name.isNull() ? fallback : branches.get(name.asText());
        }
    }

    /** Whether the text is one of the values and has the form that this shape wants. */
    boolean takes(String text) {
        return (values.isEmpty() || values.contains(text))
                && (pattern == null || pattern.matcher(text).find())
                && text.length() >= minLength;
    }

    /** Names that may stand here, in the schema's order. */
    List<String> names() {
        return List.copyOf(properties.keySet());
    }
}
