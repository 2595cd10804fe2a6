package sluice.aws;

import io.quarkus.runtime.ImageMode;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The AWS SDK's own clients, each made when it is first called and kept, with its connections, between calls. Region,
 * credentials and endpoints come from the environment, as the SDK reads them ({@code AWS_REGION},
 * {@code AWS_ENDPOINT_URL_S3} ...).
 *
 * <p>Their Quarkus extensions would map two hundred properties at each start, which nobody sets.
 */
@ApplicationScoped
class AwsClients {

    static {
        if (ImageMode.current() == ImageMode.NATIVE_BUILD) {
            Endpoints.lookUp();
        }
    }

    /** A function has them in its environment; all other places are looked at where it has none. */
    private final AwsCredentialsProvider credentials = AwsCredentialsProviderChain.of(
            EnvironmentVariableCredentialsProvider.create(),
            DefaultCredentialsProvider.builder().build());

    private final boolean pathStyle;
    private SdkHttpClient http;

    /** @param pathStyle whether a bucket is named in the path of an address, for S3 servers that know no other way */
    AwsClients(@ConfigProperty(name = "sluice.s3-path-style", defaultValue = "false") boolean pathStyle) {
        this.pathStyle = pathStyle;
    }

    @Produces
    @ApplicationScoped
    DynamoDbClient dynamoDb() {
        return client(DynamoDbClient.builder());
    }

    @Produces
    @ApplicationScoped
    S3Client s3() {
        return client(S3Client.builder().forcePathStyle(pathStyle));
    }

    @Produces
    @ApplicationScoped
    S3Presigner presigner() {
        return S3Presigner.builder()
                .credentialsProvider(credentials)
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(pathStyle)
                        .build())
                .build();
    }

    @Produces
    @ApplicationScoped
    EventBridgeClient eventBridge() {
        return client(EventBridgeClient.builder());
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

    @PreDestroy
    synchronized void close() {
        if (http != null) {
            http.close();
        }
    }

    /** One small synchronous HTTP client for all of AWS: the JDK's. Its TLS is set up once for all. */
    private synchronized SdkHttpClient http() {
        if (http == null) {
            http = UrlConnectionHttpClient.create();
        }
        return http;
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(B builder) {
        return builder.httpClient(http()).credentialsProvider(credentials).build();
    }
}
