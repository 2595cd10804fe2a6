package sluice.platform.druid;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Where people find a cluster's web console: as the environment says, or else on the cluster's router. */
final class ConsoleAddress {

    private static final String NONE = "none";
    private static final String PAGE = "/unified-console.html";
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private ConsoleAddress() {}

    /**
     * Returns the address, without credentials. The setting {@code none} hides it.
     *
     * @throws IllegalArgumentException if the setting is neither {@code none} nor an http or https address. Browsers follow
     *                                  the address, so {@code javascript:} and the like must not come through.
     */
    static Optional<URI> of(String cluster, URI router, Optional<String> setting) {
        if (setting.filter(NONE::equals).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(setting.map(address -> checked(cluster, address)).orElseGet(() -> page(router)));
    }

    private static URI checked(String cluster, String address) {
        URI uri = URI.create(address);
        if (uri.getHost() == null || !SCHEMES.contains(uri.getScheme()) || uri.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "sluice.clusters." + cluster + ".console must be an http or https address"
                            + " without credentials, or none, but was " + address);
        }
        return uri;
    }

    private static URI page(URI router) {
        String withoutUser = router.getRawUserInfo() == null
                ? router.toString()
                : router.toString().replace(router.getRawUserInfo() + "@", "");
        return URI.create(withoutUser.replaceAll("/+$", "") + PAGE);
    }
}
