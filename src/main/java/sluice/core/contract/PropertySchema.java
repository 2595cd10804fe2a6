package sluice.core.contract;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The use of a schema at one place: the schema itself, and what is special to the place. The schema is compiled when it
 * is first needed, because Druid's schemas are recursive and most documents touch few of them.
 */
final class PropertySchema {
    private final int kinds;
    private final @Nullable String description;
    private final boolean deprecated;
    private final boolean answerOnly;
    private final @Nullable CompiledSchema narrower;
    private final Supplier<CompiledSchema> source;
    private @Nullable CompiledSchema shape; // The schema is immutable: a race sets equal values.

    PropertySchema(
            int kinds,
            @Nullable String description,
            boolean deprecated,
            boolean answerOnly,
            @Nullable CompiledSchema narrower,
            Supplier<CompiledSchema> source) {
        this.kinds = kinds;
        this.description = description;
        this.deprecated = deprecated;
        this.answerOnly = answerOnly;
        this.narrower = narrower;
        this.source = source;
    }

    CompiledSchema shape() {
        CompiledSchema known = shape;
        if (known == null) {
            known = source.get();
            shape = known;
        }
        return known;
    }

    /** Returns the additional bounds of this place; null if there are none. */
    @Nullable
    CompiledSchema narrower() {
        return narrower;
    }

    /**
     * Returns the JSON types allowed at this place. They may be fewer than the schema allows: no null where the field
     * is required.
     */
    int kinds() {
        return kinds & shape().kinds();
    }

    /** Returns what belongs here, in words. */
    @Nullable
    String description() {
        return description == null ? shape().description() : description;
    }

    /** Returns true if Druid still reads the field but has a replacement for it. */
    boolean deprecated() {
        return deprecated;
    }

    /** Returns true if Druid writes the field in its responses and does not read it. */
    boolean answerOnly() {
        return answerOnly;
    }
}
