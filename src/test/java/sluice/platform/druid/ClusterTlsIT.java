package sluice.platform.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates that a secret holds, over TLS. */
@QuarkusTest
class ClusterTlsIT extends SecretClusterTest {

    @TempDir
    static Path folder;

    @TempDir
    static Path otherFolder;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static TestCertificates ours;

    private static TestCertificates theirs;

    @BeforeAll
    static void makeCertificates() {
        ours = new TestCertificates(folder)
                .with("druid", "san=ip:127.0.0.1")
                .with("elsewhere", "san=dns:druid.example.com")
                .with("expired", "san=ip:127.0.0.1", "-startdate", "-10d", "-validity", "1")
                .with("client", "eku=clientAuth");
        theirs = new TestCertificates(otherFolder)
                .with("druid", "san=ip:127.0.0.1")
                .with("client", "eku=clientAuth");
    }

    @Test
    void bothSidesShowCertificates() {
        // Given
        druid.speakTls(ours.server("druid", ours));
        services.holds(SECRET, tlsSecret(ours, ours));

        // When
        SubmitAnswer answer = secure().tasks().submit("t1", "{}");

        // Then
        assertThat(answer).isEqualTo(new SubmitAnswer.Accepted("t1"));
        assertThat(druid.authorizations()).containsExactly(basic("sluice", "hunter2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"elsewhere", "expired"})
    void aServerWithAnotherNameOrAnOldCertificateGetsNoCredentials(String certificate) {
        // Given
        druid.speakTls(ours.server(certificate, ours));
        services.holds(SECRET, tlsSecret(ours, ours));

        // When
        DruidException refused = catchThrowableOfType(
                DruidException.class, () -> secure().tasks().submit("t1", "{}"));

        // Then
        assertThat(refused.code()).isEqualTo(DruidException.Code.UNAVAILABLE);
        assertThat(druid.authorizations()).isEmpty();
        assertThat(reads()).as("read again once, for all retries").containsExactly(READ, READ);
    }

    @Test
    void aServerOfAnotherAuthorityGetsNoCredentials() {
        // Given
        druid.speakTls(theirs.server("druid", ours));
        services.holds(SECRET, tlsSecret(ours, ours));

        // When
        DruidException refused = catchThrowableOfType(
                DruidException.class, () -> secure().tasks().submit("t1", "{}"));

        // Then
        assertThat(refused.code()).isEqualTo(DruidException.Code.UNAVAILABLE);
        assertThat(druid.authorizations()).isEmpty();
    }

    @Test
    void aRotatedAuthorityAndClientCertificateAreReadAtOnce() {
        // Given
        druid.speakTls(ours.server("druid", ours));
        services.holds(SECRET, tlsSecret(ours, ours));
        RestDruidCluster cluster = secure();
        cluster.tasks().submit("t1", "{}");
        druid.speakTls(theirs.server("druid", theirs));
        services.holds(SECRET, tlsSecret(theirs, theirs));

        // When
        SubmitAnswer answer = cluster.tasks().submit("t2", "{}");

        // Then
        assertThat(answer).isEqualTo(new SubmitAnswer.Accepted("t2"));
    }

    @Test
    void aClientCertificateThatDruidNoLongerAcceptsIsReadAtOnce() {
        // Given
        druid.speakTls(ours.server("druid", ours));
        services.holds(SECRET, tlsSecret(ours, ours));
        RestDruidCluster cluster = secure();
        cluster.tasks().submit("t1", "{}");
        druid.speakTls(ours.server("druid", theirs));
        services.holds(SECRET, tlsSecret(ours, theirs));

        // When
        SubmitAnswer answer = cluster.tasks().submit("t2", "{}");

        // Then
        assertThat(answer).isEqualTo(new SubmitAnswer.Accepted("t2"));
    }

    private RestDruidCluster secure() {
        return cluster("secret", SECRET, "url", "https://127.0.0.1:" + druid.port());
    }

    private static String tlsSecret(TestCertificates authority, TestCertificates client) {
        return JSON.createObjectNode()
                .put("username", "sluice")
                .put("password", "hunter2")
                .put("trustCertificates", authority.authority())
                .put("clientCertificate", client.certificate("client"))
                .put("clientKey", client.key("client"))
                .toString();
    }
}
