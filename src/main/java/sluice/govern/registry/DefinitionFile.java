package sluice.govern.registry;

/**
 * The text of a definition and where it comes from.
 *
 * @param name its place, for messages
 * @param version changes when the text does
 * @param text the document
 */
record DefinitionFile(String name, String version, String text) {

    static boolean isDefinition(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }
}
