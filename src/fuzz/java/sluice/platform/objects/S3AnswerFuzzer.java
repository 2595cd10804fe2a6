package sluice.platform.objects;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.Optional;
import sluice.core.batch.S3Location;
import sluice.fuzz.Inputs;
import sluice.platform.aws.S3Settings;
import sluice.simulation.DefaultSettings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Answers each call of the object store with anything. Only the documented exception is thrown. */
public final class S3AnswerFuzzer {

    private static final S3Location LOCATION = new S3Location("landing", "a");
    private static final StaticCredentialsProvider NOBODY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b"));
    private static final Answering HTTP = new Answering();
    private static final S3ObjectStore STORE = new S3ObjectStore(
            S3Client.builder()
                    .endpointOverride(URI.create("http://127.0.0.1:1"))
                    .region(Region.US_EAST_1)
                    .forcePathStyle(true)
                    .credentialsProvider(NOBODY)
                    .httpClient(HTTP)
                    .overrideConfiguration(
                            configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                    .build(),
            S3Presigner.builder()
                    .region(Region.US_EAST_1)
                    .credentialsProvider(NOBODY)
                    .build(),
            new BucketOwners(DefaultSettings.of(S3Settings.class)));

    private S3AnswerFuzzer() {}

    public static void fuzzerInitialize() {
        Inputs.warmUp(S3AnswerFuzzer.class, S3AnswerFuzzer::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        HTTP.body = data;
        HTTP.status = Inputs.choice(data, 4) == 3 ? 404 : 200;
        attempt(() -> STORE.list("landing", "", Optional.empty()));
        attempt(() -> STORE.tags(LOCATION, null));
        attempt(() -> STORE.get(LOCATION, 1_000));
        attempt(() -> STORE.head(LOCATION));
    }

    private static void attempt(Runnable call) {
        try {
            call.run();
        } catch (ObjectStoreException refused) {
            // The documented answer to what is no answer.
        }
    }

    /** A client of HTTP that has the same answer for everything. */
    private static final class Answering implements SdkHttpClient {
        private byte[] body = {};
        private int status;

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder()
                                    .statusCode(status)
                                    .putHeader("ETag", "\"e\"")
                                    .putHeader("Content-Length", String.valueOf(body.length))
                                    .putHeader(
                                            "Last-Modified",
                                            Inputs.text(body)
                                                    .lines()
                                                    .findFirst()
                                                    .orElse(""))
                                    .build())
                            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                            .build();
                }

                @Override
                public void abort() {
                    // Nothing is under way.
                }
            };
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
