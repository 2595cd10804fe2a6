package sluice.platform.druid;

import io.quarkus.tls.TlsConfiguration;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.TrustOptions;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * TLS from PEM texts. The host's name is always verified.
 *
 * @param trustCertificates authorities that may sign the cluster's certificate; null for those of the JDK
 * @param clientCertificate Sluice's certificate, with its chain; null for none
 * @param clientKey its PKCS #8 key; null for none
 */
record PemTls(@Nullable String trustCertificates, @Nullable String clientCertificate, @Nullable String clientKey)
        implements TlsConfiguration {

    boolean isEmpty() {
        return trustCertificates == null && clientCertificate == null && clientKey == null;
    }

    @Override
    public @Nullable KeyCertOptions getKeyStoreOptions() {
        return clientCertificate == null || clientKey == null
                ? null
                : new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(clientCertificate))
                        .addKeyValue(Buffer.buffer(clientKey));
    }

    @Override
    public @Nullable TrustOptions getTrustStoreOptions() {
        return trustCertificates == null ? null : new PemTrustOptions().addCertValue(Buffer.buffer(trustCertificates));
    }

    @Override
    public SSLOptions getSSLOptions() {
        return new SSLOptions();
    }

    @Override
    public boolean isTrustAll() {
        return false;
    }

    /** Empty leaves Vert.x to its default, which verifies. */
    @Override
    public Optional<String> getHostnameVerificationAlgorithm() {
        return Optional.empty();
    }

    @Override
    public boolean usesSni() {
        return false;
    }

    @Override
    public boolean reload() {
        return false;
    }

    /** The REST client uses the options. */
    @Override
    public @Nullable KeyStore getKeyStore() {
        return null;
    }

    /** The REST client uses the options. */
    @Override
    public @Nullable KeyStore getTrustStore() {
        return null;
    }

    @Override
    public SSLContext createSSLContext() {
        throw new UnsupportedOperationException("The REST client uses the options, not an SSLContext");
    }

    @Override
    public String toString() {
        return "PemTls[(hidden)]";
    }
}
