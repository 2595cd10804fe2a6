package sluice.core.contract;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a shape is used: the shape itself, looked up when it is first needed (Druid's schemas refer to themselves, and
 * most documents touch few of them), and what is special to this place.
 */
final class PropertySchema {
    private final int kinds;
    private final @Nullable String description;
    private final boolean deprecated;
    private final boolean answerOnly;
    private final @Nullable CompiledSchema narrower;
    private final Supplier<CompiledSchema> source;
    private @Nullable CompiledSchema shape; // Shape is immutable: a race sets equal values.

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

    /** Bounds that hold at this place beside those of the shape, or null. */
    @Nullable
    CompiledSchema narrower() {
        return narrower;
    }

    /** The kinds that are allowed at this place, which may be fewer than the shape allows: null, where it is required. */
    int kinds() {
        return kinds & shape().kinds();
    }

    /** What stands here, in words, or null. */
    @Nullable
    String description() {
        return description == null ? shape().description() : description;
    }

    /** Druid still reads it, and has something better. */
    boolean deprecated() {
        return deprecated;
    }

    /** Druid writes it in its answers and does not read it. */
    boolean answerOnly() {
        return answerOnly;
    }
}
