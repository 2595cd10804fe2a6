package sluice.platform.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials on their way from Secrets Manager and SSM to Druid. */
@QuarkusTest
class ClusterSecretsIT extends SecretClusterTest {

    @Test
    void aClusterGetsTheUserAndPasswordOfItsSecret() {
        // Given
        services.holds(SECRET, login("hunter2"));

        // When
        cluster("secret", SECRET).tasks().submit("t1", "{}");

        // Then
        assertThat(druid.authorizations()).containsExactly(basic("sluice", "hunter2"));
        assertThat(services.calls()).containsExactly(READ);
    }

    @Test
    void aClusterGetsTheTokenOfItsParameter() {
        // Given
        services.holds("/druid/main", "{\"bearerToken\": \"token-1\"}");

        // When
        cluster("secret", "/druid/main").tasks().submit("t1", "{}");

        // Then
        assertThat(druid.authorizations()).containsExactly("Bearer token-1");
        assertThat(services.calls()).containsExactly("GetParameter /druid/main decrypted");
    }

    @Test
    void aClusterWithoutASecretAsksForNone() {
        // When
        cluster().tasks().submit("t1", "{}");

        // Then
        assertThat(druid.authorizations()).containsExactly("");
        assertThat(services.calls()).isEmpty();
    }

    @Test
    void aRotatedPasswordIsReadAtOnceAndTheCallSucceeds() {
        // Given
        services.holds(SECRET, login("old-password"));
        RestDruidCluster cluster = cluster("secret", SECRET);
        druid.demands(basic("sluice", "old-password"));
        cluster.tasks().submit("t1", "{}");
        services.holds(SECRET, login("new-password"));
        druid.demands(basic("sluice", "new-password"));

        // When
        SubmitAnswer answer = cluster.tasks().submit("t2", "{}");

        // Then
        assertThat(answer).isEqualTo(new SubmitAnswer.Accepted("t2"));
        assertThat(druid.authorizations())
                .containsExactly(
                        basic("sluice", "old-password"),
                        basic("sluice", "old-password"),
                        basic("sluice", "new-password"));
        assertThat(reads()).containsExactly(READ, READ);
    }

    @Test
    void aPasswordThatStaysWrongIsReadAgainOnceForManyCalls() {
        // Given
        services.holds(SECRET, login("wrong-password"));
        RestDruidCluster cluster = cluster("secret", SECRET);
        druid.demands("Bearer another");

        // When
        for (int call = 0; call < 10; call++) {
            DruidException refused = catchThrowableOfType(
                    DruidException.class, () -> cluster.tasks().submit("t1", "{}"));
            assertThat(refused.code()).isEqualTo(DruidException.Code.UNAUTHORIZED);
            assertThat(refused)
                    .hasMessageNotContainingAny(
                            "wrong-password", basic("sluice", "wrong-password").substring(6));
        }

        // Then
        assertThat(reads()).containsExactly(READ, READ);
        assertThat(druid.authorizations()).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "{\"username\": \"sluice\", \"password\": \"hunter2\"",
                "[\"hunter2\"]",
                "{\"username\": \"hunter2\"}",
                "{\"password\": \"hunter2\"}",
                "{\"username\": \"sluice\", \"password\": \"hunter2\", \"bearerToken\": \"hunter2\"}",
                "{\"username\": 7, \"password\": \"hunter2\"}",
                "{\"clientKey\": \"hunter2\"}",
                "{\"user\": \"hunter2\"}"
            })
    void aSecretOfAnotherFormIsAnErrorThatNamesItAndQuotesNothing(String text) {
        // Given
        services.holds(SECRET, text);

        // When
        DruidException unusable = catchThrowableOfType(
                DruidException.class, () -> cluster("secret", SECRET).tasks().submit("t1", "{}"));

        // Then
        assertThat(unusable.code()).isEqualTo(DruidException.Code.UNAUTHORIZED);
        assertThat(unusable)
                .hasMessageContaining(SECRET)
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
        assertThat(druid.bodies()).isEmpty();
    }

    @Test
    void aSecretThatMayNotBeReadIsAnErrorThatNamesIt() {
        // Given
        services.holds(SECRET, login("hunter2")).refuses(SECRET, "AccessDeniedException");

        // When
        DruidException unusable = catchThrowableOfType(
                DruidException.class, () -> cluster("secret", SECRET).tasks().submit("t1", "{}"));

        // Then
        assertThat(unusable.isTransient()).isTrue();
        assertThat(unusable)
                .hasMessageContainingAll(SECRET, "AccessDeniedException")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "secret, hunter2, SLUICE_CLUSTERS_MAIN_SECRET",
        "url, http://sluice:hunter2@druid.example.com, SLUICE_CLUSTERS_MAIN_URL",
        "overlord-url, http://sluice:hunter2@druid.example.com, SLUICE_CLUSTERS_MAIN_URL"
    })
    void aSecretInTheWrongSettingIsAnErrorThatDoesNotQuoteIt(String setting, String value, String name) {
        // When
        IllegalArgumentException wrong =
                catchThrowableOfType(IllegalArgumentException.class, () -> cluster(setting, value));

        // Then
        assertThat(wrong).hasMessageContaining(name).hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"username", "bearer-token", "tls-configuration"})
    void aSecretExcludesTheOtherSettingsOfCredentials(String other) {
        // When
        IllegalArgumentException wrong = catchThrowableOfType(
                IllegalArgumentException.class, () -> cluster("secret", SECRET, other, "something"));

        // Then
        assertThat(wrong).hasMessageContaining("SLUICE_CLUSTERS_MAIN_SECRET excludes");
    }

    @Test
    void credentialsDoNotGoToAnotherMachineOverHttp() {
        // Given
        services.holds(SECRET, login("hunter2"));
        RestDruidCluster bySecret = cluster("secret", SECRET, "coordinator-url", "http://druid.example.com:8081");
        RestDruidCluster bySettings = cluster("username", "sluice", "url", "http://druid.example.com:8888");

        // When
        List<DruidException> refusals = List.of(
                catchThrowableOfType(
                        DruidException.class, () -> bySecret.tasks().submit("t1", "{}")),
                catchThrowableOfType(
                        DruidException.class, () -> bySettings.tasks().submit("t1", "{}")));

        // Then
        assertThat(refusals).allSatisfy(refused -> {
            assertThat(refused.code()).isEqualTo(DruidException.Code.UNAUTHORIZED);
            assertThat(refused)
                    .hasMessageContainingAll("druid.example.com", "SLUICE_CLUSTERS_MAIN_PLAINTEXT_CREDENTIALS=allowed");
        });
        assertThat(druid.bodies()).isEmpty();
    }

    @Test
    void credentialsGoOverHttpWhereTheConfigurationSaysSoInWords() {
        // Given
        services.holds(SECRET, login("hunter2"));
        RestDruidCluster cluster = cluster(
                "secret",
                SECRET,
                "coordinator-url",
                "http://druid.example.com:8081",
                "plaintext-credentials",
                "allowed");

        // When
        cluster.tasks().submit("t1", "{}");

        // Then
        assertThat(druid.authorizations()).containsExactly(basic("sluice", "hunter2"));
    }

    @Test
    void aRedirectIsNotFollowedWithCredentials() {
        // Given
        services.holds(SECRET, login("hunter2"));
        try (DruidStandIn elsewhere = new DruidStandIn()) {
            druid.redirects(elsewhere.url());

            // When
            DruidException refused = catchThrowableOfType(
                    DruidException.class,
                    () -> cluster("secret", SECRET).tasks().submit("t1", "{}"));

            // Then
            assertThat(refused.code()).isEqualTo(DruidException.Code.UNAVAILABLE);
            assertThat(elsewhere.bodies()).isEmpty();
        }
    }
}
