package sluice.platform.druid;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sluice.core.json.Secrets;
import sluice.platform.secrets.SecretException;
import sluice.platform.secrets.SecretMask;
import sluice.platform.secrets.SecretReference;
import sluice.platform.secrets.SecretStore;

/**
 * The credentials of one cluster: from the secret that its settings refer to, or from the settings themselves. Every value
 * that was used is hidden from then on.
 */
final class ClusterCredentials {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final String cluster;
    private final ClusterConfig config;
    private final SecretStore secrets;
    private final SecretMask mask;
    private final @Nullable SecretReference reference;

    /** What was read last. The thread that sends a request must not wait for a secret. */
    private volatile Read last = new Read("", Login.NONE);

    private record Read(String text, Login login) {}

    /** @throws IllegalArgumentException if settings exclude each other, or a value is malformed; the message names them */
    ClusterCredentials(String cluster, ClusterConfig config, SecretStore secrets, SecretMask mask) {
        this.cluster = cluster;
        this.config = config;
        this.secrets = secrets;
        this.mask = mask;
        this.reference = reference();
        addresses()
                .filter(address -> address.getRawUserInfo() != null)
                .findFirst()
                .ifPresent(address -> {
                    throw new IllegalArgumentException(setting("URL") + ": the address of " + address.getHost()
                            + " has a user in it; credentials belong in " + setting("SECRET"));
                });
    }

    private @Nullable SecretReference reference() {
        if (config.secret().isEmpty()) {
            return null;
        }
        for (Optional<String> other : List.of(config.username(), config.bearerToken(), config.tlsConfiguration())) {
            if (other.isPresent()) {
                throw new IllegalArgumentException(setting("SECRET") + " excludes " + setting("USERNAME") + ", "
                        + setting("BEARER_TOKEN") + " and " + setting("TLS_CONFIGURATION"));
            }
        }
        try {
            return SecretReference.of(config.secret().get());
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(setting("SECRET") + ": " + malformed.getMessage(), malformed);
        }
    }

    /**
     * Returns the credentials for the next call, and reads them if need be.
     *
     * @throws DruidException with {@code UNAUTHORIZED} if they cannot be read or must not be sent
     */
    Login current() {
        try {
            return accept(reference == null ? "" : secrets.value(reference));
        } catch (SecretException exception) {
            throw unusable(exception.getMessage());
        }
    }

    /** Returns the credentials that {@link #current()} returned last, without waiting. */
    Login last() {
        return last.login();
    }

    /**
     * Reads the credentials again after the cluster refused them.
     *
     * @return false if that gives no others
     */
    boolean isRenewed() {
        if (reference == null) {
            return false;
        }
        Read used = last;
        try {
            return !accept(secrets.afterFailure(reference, used.text())).equals(used.login());
        } catch (SecretException exception) {
            throw unusable(exception.getMessage());
        }
    }

    private Login accept(String text) {
        Read known = last;
        if (known.text().equals(text) && known.login() != Login.NONE) {
            return known.login();
        }
        Login login = reference == null ? ofSettings() : Login.read(reference.address(), text);
        if (login.authorization() != null) {
            requireSafety();
            learn(login.authorization());
        }
        last = new Read(text, login);
        return login;
    }

    private Login ofSettings() {
        return config.bearerToken()
                .map(token -> new Login(Login.bearer(token), null))
                .or(() -> config.username()
                        .map(user ->
                                new Login(Login.basic(user, config.password().orElse(null)), null)))
                .orElse(Login.NONE);
    }

    /** Hides what follows the scheme, and the password in it. */
    private void learn(String authorization) {
        String owner = "cluster " + cluster;
        mask.learn(owner, authorization.substring(authorization.indexOf(' ') + 1), Secrets.HIDDEN);
        Login.passwordOf(authorization)
                .ifPresent(password -> mask.learn(owner + " password", password, Secrets.HIDDEN));
    }

    /** Whoever listens to plain HTTP gets the credentials. */
    private void requireSafety() {
        if (config.plaintextCredentials() == ClusterConfig.PlaintextCredentials.ALLOWED) {
            return;
        }
        addresses().filter(ClusterCredentials::isOpen).findFirst().ifPresent(open -> {
            throw unusable(
                    "credentials would go to " + open.getHost() + " over http, readable for everybody on the way;"
                            + " use https, or set " + setting("PLAINTEXT_CREDENTIALS") + "=allowed");
        });
    }

    private static boolean isOpen(URI address) {
        return !"https".equalsIgnoreCase(address.getScheme())
                && !THIS_MACHINE.contains(String.valueOf(address.getHost()).toLowerCase(Locale.ROOT));
    }

    private Stream<URI> addresses() {
        return Stream.of(Optional.of(config.url()), config.overlordUrl(), config.coordinatorUrl())
                .flatMap(Optional::stream);
    }

    private DruidException unusable(@Nullable String reason) {
        return new DruidException(DruidException.Code.UNAUTHORIZED, cluster, String.valueOf(reason));
    }

    private String setting(String name) {
        return setting(cluster, name);
    }

    /** Returns the environment variable of a cluster's setting. */
    static String setting(String cluster, String name) {
        return "SLUICE_CLUSTERS_" + cluster.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_" + name;
    }
}
