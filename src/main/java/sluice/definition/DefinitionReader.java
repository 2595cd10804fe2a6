package sluice.definition;

import java.util.Map;

/** Reads a definition. */
public final class DefinitionReader {

    private DefinitionReader() {}

    /**
     * @param text the document
     * @param name name of the file; one that ends with {@code .json} is read as JSON
     * @param variables the variables that the document may use
     */
    public static ReadResult read(String text, String name, Map<String, String> variables) {
        return read(text, name, Variables.of(variables));
    }

    public static ReadResult read(String text, String name, Variables variables) {
        throw new UnsupportedOperationException("being written");
    }
}
