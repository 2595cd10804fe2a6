package sluice.platform.aws;

import io.quarkus.runtime.ImageMode;
import jakarta.inject.Singleton;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** What all AWS clients of a process share: credentials, and one small HTTP client, which sets up TLS once. */
@Singleton
class ClientParts {

    static {
        if (ImageMode.current() == ImageMode.NATIVE_BUILD) {
            Endpoints.lookUp();
        }
    }

    private final SdkHttpClient http = UrlConnectionHttpClient.create();

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
        return builder.httpClient(http).credentialsProvider(credentials).build();
    }
}
