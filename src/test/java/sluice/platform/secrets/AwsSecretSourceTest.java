package sluice.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two services, as the SDK speaks to them over HTTP. */
class AwsSecretSourceTest {

    private static final String SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:druid-AbCdEf";
    private static final String PARAMETER = "arn:aws:ssm:eu-central-1:123456789012:parameter/druid";

    private final SecretServer server = new SecretServer();
    private final AwsSecretSource source = SecretsOverHttp.source(server);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsASecretOfSecretsManager() {
        // Given
        server.holds(SECRET, "hunter2");

        // When
        String text = source.read(SecretReference.of(SECRET + "#password"));

        // Then
        assertThat(text).isEqualTo("hunter2");
        assertThat(server.calls()).containsExactly("GetSecretValue " + SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/druid/main", PARAMETER})
    void readsAParameterAndHasItDecrypted(String name) {
        // Given
        server.holds(name, "hunter2");

        // When
        String text = source.read(SecretReference.of(name));

        // Then
        assertThat(text).isEqualTo("hunter2");
        assertThat(server.calls()).containsExactly("GetParameter " + name + " decrypted");
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET, "/druid/main"})
    void anErrorNamesTheReferenceAndTheCodeAndQuotesNothing(String name) {
        // Given
        server.holds(name, "hunter2").refuses(name, "AccessDeniedException");

        // When, Then
        assertThatThrownBy(() -> source.read(SecretReference.of(name)))
                .isInstanceOf(SecretException.class)
                .hasMessage("the secret " + name + " cannot be read: AccessDeniedException (HTTP 400)")
                .hasNoCause();
    }

    @Test
    void aSecretThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> source.read(SecretReference.of(SECRET)))
                .isInstanceOf(SecretException.class)
                .hasMessageContainingAll(SECRET, "ResourceNotFoundException");
    }

    @Test
    void aSecretWithoutTextIsAnError() {
        // Given
        server.holds(SECRET, " ");

        // When, Then
        assertThatThrownBy(() -> source.read(SecretReference.of(SECRET)))
                .isInstanceOf(SecretException.class)
                .hasMessage("the secret " + SECRET + " has no text");
    }

    @Test
    void aServiceThatIsNotThereIsAnError() {
        // Given
        server.close();

        // When, Then
        assertThatThrownBy(() -> source.read(SecretReference.of(SECRET)))
                .isInstanceOf(SecretException.class)
                .hasMessageContainingAll(SECRET, "cannot be read");
    }
}
