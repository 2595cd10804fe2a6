package sluice.govern.registry;

/**
 * The text of a definition, as found.
 *
 * @param name where it was found, for messages
 * @param version changes when the text does
 * @param text the document
 */
record DefinitionFile(String name, String version, String text) {

    static boolean isDefinition(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }
}
