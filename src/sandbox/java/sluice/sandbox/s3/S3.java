package sluice.sandbox.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import sluice.sandbox.lambda.Aws;
import sluice.sandbox.lambda.Routes.ObjectRoute.Of;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The sandbox's S3: an address for everybody, and short forms of what tests do with it. */
public final class S3 implements AutoCloseable {

    /** Bucket whose new objects are reported to the functions. */
    public static final String LANDING = "sluice-landing";

    /** Bucket with the definitions, under definitions/. */
    public static final String CONFIGURATION = "sluice-configuration";

    /** Bucket of Druid: segments/ is deep storage, task-logs/ holds logs and reports of tasks. */
    public static final String DRUID = "sluice-druid";

    private static final Map<String, Of> NOTIFYING = Map.of(LANDING, Of.LANDING, CONFIGURATION, Of.DEFINITIONS);

    private final URI server;
    private final S3Front front;
    private final S3Client direct;
    private final S3Client client;

    /**
     * @param server   address of the S3 server itself
     * @param port     port for the address that users see
     * @param listener gets S3's notification of every new object of the buckets for data and for definitions
     */
    public S3(URI server, int port, Executor threads, Consumer<Notification> listener) {
        this.server = server;
        this.direct = client(server);
        this.front = new S3Front(port, server, this::find, threads, created -> {
            Of of = NOTIFYING.get(created.bucket());
            if (of != null) {
                listener.accept(new Notification(of, created.key(), created.notification()));
            }
        });
        this.client = client(front.uri());
    }

    /** A notification about an object of such a bucket: its key, not encoded, and the JSON. */
    public record Notification(Of of, String key, String body) {}

    /** The address for users and functions. */
    public URI uri() {
        return front.uri();
    }

    /** What S3 sends to a queue once, when notifications of the landing bucket are directed there: s3:TestEvent. */
    public String testEvent() {
        return ObjectCreated.testEvent(LANDING);
    }

    /** The server behind it, which reports nothing; Druid uses it. */
    public URI server() {
        return server;
    }

    /** An SDK client for everything that has no short form here. */
    public S3Client client() {
        return client;
    }

    /** Uploads to the landing bucket; the functions are notified. */
    public void upload(String key, byte[] content) {
        client.putObject(request -> request.bucket(LANDING).key(key), RequestBody.fromBytes(content));
    }

    /** Uploads a file to the landing bucket; the functions are notified. */
    public void upload(String key, Path file) {
        client.putObject(request -> request.bucket(LANDING).key(key), RequestBody.fromFile(file));
    }

    /** Uploads to the landing bucket, and the notification is lost. */
    public void uploadUnnoticed(String key, byte[] content) {
        direct.putObject(request -> request.bucket(LANDING).key(key), RequestBody.fromBytes(content));
    }

    /** Deletes from the landing bucket. */
    public void delete(String key) {
        client.deleteObject(request -> request.bucket(LANDING).key(key));
    }

    /** Keys of a bucket, sorted. */
    public List<String> keys(String bucket, String prefix) {
        return direct.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .sorted()
                .toList();
    }

    /** Stores a definition, YAML or JSON, where the functions look for definitions; they are notified. */
    public void putDefinition(String fileName, String content) {
        client.putObject(
                request -> request.bucket(CONFIGURATION).key("definitions/" + fileName),
                RequestBody.fromString(content));
    }

    /** Stores all definitions of a folder. */
    public void putDefinitions(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                putDefinition(file.getFileName().toString(), Files.readString(file));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read the definitions in " + folder, failure);
        }
    }

    /** Takes a definition away. */
    public void deleteDefinition(String fileName) {
        direct.deleteObject(request -> request.bucket(CONFIGURATION).key("definitions/" + fileName));
    }

    @Override
    public void close() {
        front.close();
        client.close();
        direct.close();
    }

    private Optional<ObjectCreated> find(WriteRequest request) {
        try {
            var head =
                    direct.headObject(object -> object.bucket(request.bucket()).key(request.key()));
            return Optional.of(new ObjectCreated(
                    request.eventName(),
                    request.bucket(),
                    request.key(),
                    head.contentLength(),
                    head.eTag().replace("\"", "")));
        } catch (NoSuchKeyException deletedAlready) {
            return Optional.empty();
        }
    }

    private static S3Client client(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.of(Aws.REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(Aws.ACCESS_KEY, Aws.SECRET_KEY)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
