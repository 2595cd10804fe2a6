package sluice.platform.aws;

import static java.time.Duration.ofSeconds;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.util.function.Consumer;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The AWS SDK's clients. Each is created on first use and kept, with its connections, between calls. Region,
 * credentials and endpoints come from the environment, as the SDK reads them ({@code AWS_REGION},
 * {@code AWS_ENDPOINT_URL_S3} ...).
 *
 * <p>The Quarkus extensions for them would map two hundred properties at each start, which nobody sets.
 */
class AwsClients {

    private static final Consumer<ClientOverrideConfiguration.Builder> PROMPT =
            configuration -> configuration.apiCallAttemptTimeout(ofSeconds(3)).apiCallTimeout(ofSeconds(8));

    private final ClientParts parts;
    private final S3Settings settings;

    AwsClients(ClientParts parts, S3Settings settings) {
        this.parts = parts;
        this.settings = settings;
    }

    @Produces
    @ApplicationScoped
    DynamoDbClient dynamoDb() {
        return parts.client(DynamoDbClient.builder());
    }

    @Produces
    @ApplicationScoped
    S3Client s3() {
        return parts.client(S3Client.builder().forcePathStyle(settings.s3PathStyle()));
    }

    @Produces
    @ApplicationScoped
    S3Presigner presigner() {
        return S3Presigner.builder()
                .credentialsProvider(parts.credentials())
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(settings.s3PathStyle())
                        .build())
                .build();
    }

    @Produces
    @ApplicationScoped
    EventBridgeClient eventBridge() {
        return parts.client(EventBridgeClient.builder());
    }

    /** Gives up early: a call of Druid waits for its credentials. */
    @Produces
    @ApplicationScoped
    SecretsManagerClient secretsManager() {
        return parts.client(SecretsManagerClient.builder(), PROMPT);
    }

    /** As early as {@link #secretsManager()}. */
    @Produces
    @ApplicationScoped
    SsmClient ssm() {
        return parts.client(SsmClient.builder(), PROMPT);
    }

    void close(@Disposes DynamoDbClient client) {
        client.close();
    }

    void close(@Disposes S3Client client) {
        client.close();
    }

    void close(@Disposes S3Presigner presigner) {
        presigner.close();
    }

    void close(@Disposes EventBridgeClient client) {
        client.close();
    }

    void close(@Disposes SecretsManagerClient client) {
        client.close();
    }

    void close(@Disposes SsmClient client) {
        client.close();
    }
}
