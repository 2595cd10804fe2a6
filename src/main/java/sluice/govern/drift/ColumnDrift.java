package sluice.govern.drift;

import org.jspecify.annotations.Nullable;

/**
 * A column that has changed.
 *
 * @param column name of the column
 * @param pointer place in the definition, as a JSON Pointer
 */
public sealed interface ColumnDrift {

    String column();

    String pointer();

    /** The files have a column that neither the definition nor earlier files have. */
    record New(String column, String pointer, ColumnKind kind) implements ColumnDrift {}

    /**
     * The files lack a column that the definition loads.
     *
     * @param wasThere whether earlier files had it
     * @param isCertain whether a sample proves it, because every row of the format has every column; a JSON row may omit one
     * @param nearest the column of the files with the most similar name; null if there is none
     */
    record Missing(String column, String pointer, boolean wasThere, boolean isCertain, @Nullable String nearest)
            implements ColumnDrift {}

    /** The values of a column do not fit the declared type, or have become lists or objects. */
    record Retyped(String column, String pointer, ColumnKind before, ColumnKind now) implements ColumnDrift {}
}
