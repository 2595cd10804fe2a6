package sluice.platform.objects;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import sluice.core.batch.S3Location;
import sluice.platform.aws.S3Settings;
import sluice.simulation.DefaultSettings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** An object store whose S3 answers what a test wants. */
abstract class StubbedS3 {

    static final S3Location PLACE = new S3Location("landing", "web/dt=2026-01-01/a b.json");
    static final String PATH = "/landing/web/dt%3D2026-01-01/a%20b.json";
    static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));
    static WireMockServer server;
    static S3Client client;
    static S3Presigner presigner;
    static ObjectStore store;

    @BeforeAll
    static void start() {
        server = new WireMockServer(options().dynamicPort());
        server.start();
        URI endpoint = URI.create(server.baseUrl());
        client = client(endpoint);
        presigner = S3Presigner.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
        store = new S3ObjectStore(
                client,
                presigner,
                new BucketOwners(
                        DefaultSettings.of(S3Settings.class, Map.of("sluice.bucket-owners", "owned-*=123456789012"))));
    }

    static S3Client client(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    @BeforeEach
    void forget() {
        server.resetAll();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.stop();
    }
}
