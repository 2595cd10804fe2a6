package sluice.govern.drift;

/**
 * One column that is not what it was.
 *
 * @param column name of the column
 * @param pointer place in the definition that it concerns, as a JSON Pointer
 */
public sealed interface ColumnDrift {

    String column();

    String pointer();

    /** The files have a column that neither the definition names nor earlier files had. */
    record New(String column, String pointer, ColumnKind kind) implements ColumnDrift {}

    /**
     * The files lack a column that the definition loads.
     *
     * @param wasThere whether earlier files had it
     * @param isCertain whether every row says which columns there are, so that a sample proves it; a row of JSON may
     *     leave a column out
     * @param nearest the column of the files that may be meant, or null
     */
    record Missing(String column, String pointer, boolean wasThere, boolean isCertain, String nearest)
            implements ColumnDrift {}

    /** The values of a column cannot be read as what the definition declares, or have become lists or objects. */
    record Retyped(String column, String pointer, ColumnKind before, ColumnKind now) implements ColumnDrift {}
}
