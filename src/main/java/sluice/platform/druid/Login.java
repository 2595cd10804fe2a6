package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.platform.secrets.SecretException;
import sluice.platform.secrets.SecretStore;

/**
 * What a cluster gets from Sluice to know it. {@code toString} shows nothing of it.
 *
 * @param authorization value of the {@code Authorization} header; null for none
 * @param tls authorities and client certificate; null for those of the JDK, or of a Quarkus TLS configuration
 */
record Login(@Nullable String authorization, @Nullable PemTls tls) {

    static final Login NONE = new Login(null, null);

    /**
     * Reads a cluster's secret: {@code {username, password}} or {@code {bearerToken}}, and optionally
     * {@code trustCertificates}, {@code clientCertificate} and {@code clientKey} in PEM. Other keys belong to others.
     *
     * @param address what the secret is called, for errors
     * @throws SecretException if it is none of that; neither message nor cause quote it
     */
    static Login read(String address, String text) {
        JsonNode secret = SecretStore.object(address, text);
        String user = text(address, secret, "username");
        String password = text(address, secret, "password");
        String token = text(address, secret, "bearerToken");
        if (token != null && user != null) {
            throw new SecretException("the secret " + address + " has both 'bearerToken' and 'username'");
        }
        if ((user == null) != (password == null)) {
            throw new SecretException("the secret " + address + " has one of 'username' and 'password'; it needs both");
        }
        PemTls tls = new PemTls(
                text(address, secret, "trustCertificates"),
                text(address, secret, "clientCertificate"),
                text(address, secret, "clientKey"));
        if ((tls.clientCertificate() == null) != (tls.clientKey() == null)) {
            throw new SecretException(
                    "the secret " + address + " has one of 'clientCertificate' and 'clientKey'; it needs both");
        }
        if (user == null && token == null && tls.isEmpty()) {
            throw new SecretException("the secret " + address + " has none of the keys 'username', 'bearerToken',"
                    + " 'trustCertificates' and 'clientCertificate'");
        }
        return new Login(
                token != null ? bearer(token) : user != null ? basic(user, password) : null,
                tls.isEmpty() ? null : tls);
    }

    static String bearer(String token) {
        return "Bearer " + token;
    }

    static String basic(String user, @Nullable String password) {
        byte[] credentials = (user + ":" + (password == null ? "" : password)).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    /** Returns the password in a basic {@code Authorization} header. */
    static Optional<String> passwordOf(String authorization) {
        if (!authorization.startsWith("Basic ")) {
            return Optional.empty();
        }
        byte[] credentials = Base64.getDecoder().decode(authorization.substring("Basic ".length()));
        String text = new String(credentials, StandardCharsets.UTF_8);
        return Optional.of(text.substring(text.indexOf(':') + 1));
    }

    private static @Nullable String text(String address, JsonNode secret, String key) {
        JsonNode value = secret.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new SecretException("the secret " + address + " has no text under the key '" + key + "'");
        }
        return value.textValue();
    }

    @Override
    public String toString() {
        return "Login[authorization=" + (authorization == null ? "none" : "(hidden)") + ", tls="
                + (tls == null ? "none" : "(hidden)") + "]";
    }
}
