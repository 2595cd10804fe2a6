package sluice.govern.registry;

/**
 * The pointer to the active version of a datasource.
 *
 * @param version number of the version
 * @param hash the version's hash
 * @param activation number of the {@link Activation} that made it active. It changes with every move, so writes of the
 *     pointer are conditional on it
 * @param latest number of the newest version, active or not
 */
public record Active(String datasource, int version, String hash, int activation, int latest) {

    /** Returns the HTTP entity tag of this state, with its quotes. */
    public String etag() {
        return "\"" + version + "." + activation + "\"";
    }
}
