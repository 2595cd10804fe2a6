package sluice.govern.registry;

/**
 * The pointer to the active version of a datasource.
 *
 * @param version number of the version
 * @param hash the version's hash
 * @param activation number of the {@link Activation} that made it active: changes with every move, so it tells whether
 *     somebody else has moved the pointer
 * @param latest number of the newest version, active or not
 */
public record Active(String datasource, int version, String hash, int activation, int latest) {

    /** The HTTP entity tag of this state of the datasource, with its quotes. */
    public String etag() {
        return "\"" + version + "." + activation + "\"";
    }
}
