package sluice.platform.aws;

import io.quarkus.runtime.ImageMode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.util.SystemUserAgent;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** What all AWS clients of a process share: credentials, and one small HTTP client, which sets up TLS once. */
@Singleton
class ClientParts {

    static {
        if (ImageMode.current() == ImageMode.NATIVE_BUILD) {
            Endpoints.lookUp();
            // The SDK keeps it, so a start need not look for other languages of the JVM, which takes two exceptions. It
            // names the builder's system.
            SystemUserAgent.getOrCreate();
        }
    }

    /** A connection on which nothing arrives for so long is given up, and the call is made again. */
    private static final Duration SILENCE = Duration.ofSeconds(4);

    /**
     * A call with all its retries. By default the SDK waits for 30 seconds and calls the state table nine times, so a service that
     * hangs would hold a function until Lambda ends it.
     */
    private static final Duration CALL = Duration.ofSeconds(12);

    private final SdkHttpClient http =
            UrlConnectionHttpClient.builder().socketTimeout(SILENCE).build();

    /** A function has credentials in its environment. The default chain is the fallback. */
    private final AwsCredentialsProvider credentials = AwsCredentialsProviderChain.of(
            EnvironmentVariableCredentialsProvider.create(),
            DefaultCredentialsProvider.builder().build());

    ClientParts() {
        // The state table needs no endpoint discovery. Unless this is set, the SDK finds out by exceptions.
        SdkSystemSetting discovery = SdkSystemSetting.AWS_ENDPOINT_DISCOVERY_ENABLED;
        if (discovery.getStringValue().isEmpty()) {
            System.setProperty(discovery.property(), "false");
        }
    }

    AwsCredentialsProvider credentials() {
        return credentials;
    }

    <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(B builder) {
        return client(builder, configuration -> configuration.apiCallTimeout(CALL));
    }

    /** @param limits how long a call may take */
    <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
            B builder, Consumer<ClientOverrideConfiguration.Builder> limits) {
        return builder.httpClient(http)
                .credentialsProvider(credentials)
                .overrideConfiguration(limits)
                .build();
    }
}
