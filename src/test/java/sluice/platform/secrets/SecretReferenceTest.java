package sluice.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReferenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:druid-AbCdEf | true",
                "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:team/druid-AbCdEf | true",
                "arn:aws:ssm:eu-central-1:123456789012:parameter/druid/main | false",
                "/druid/main | false"
            })
    void anArnOrAPathIsAReference(String text, boolean isOfSecretsManager) {
        // When
        SecretReference reference = SecretReference.of(text);

        // Then
        assertThat(reference.isOfSecretsManager()).isEqualTo(isOfSecretsManager);
        assertThat(reference.toString()).isEqualTo(text);
    }

    @Test
    void aKeyFollowsAHash() {
        assertThat(SecretReference.of("/kafka#password")).isEqualTo(new SecretReference("/kafka", "password"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "druid/main",
                "arn:aws:s3:::bucket/hunter2",
                "/kafka hunter2",
                "/hunter2#",
                "#hunter2"
            })
    void anythingElseIsNoneAndMayBeTheSecretItself(String text) {
        assertThatThrownBy(() -> SecretReference.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .satisfies(message -> assertThat(message).doesNotContain(text.endsWith("#") ? "nothing" : "hunter2"));
    }
}
