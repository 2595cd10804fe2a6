package sluice.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import sluice.sandbox.component.Project;
import sluice.sandbox.dynamodb.DynamoDbServer;
import sluice.sandbox.lambda.Aws;
import sluice.sandbox.lambda.Json;
import sluice.simulation.InMemoryStateTable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;

/** A DynamoDB and the state table in it. */
public final class DynamoDb implements AutoCloseable {

    private final URI uri;
    private final Optional<DynamoDbServer> server;
    private final DynamoDbClient client;
    private final String table;

    /**
     * Starts the sandbox's own DynamoDB, without tables.
     *
     * @param port 0 for any free one
     */
    public static DynamoDb start(int port) {
        DynamoDbServer server = new DynamoDbServer(port);
        return new DynamoDb(server.uri(), Optional.of(server));
    }

    /** Another DynamoDB, which somebody else has started. */
    public static DynamoDb at(String uri) {
        return new DynamoDb(URI.create(uri), Optional.empty());
    }

    private DynamoDb(URI uri, Optional<DynamoDbServer> server) {
        this.uri = uri;
        this.server = server;
        this.client = DynamoDbClient.builder()
                .endpointOverride(uri)
                .region(Region.of(Aws.REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(Aws.ACCESS_KEY, Aws.SECRET_KEY)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        this.table = definition().path("TableName").asText();
    }

    public URI uri() {
        return uri;
    }

    public DynamoDbClient client() {
        return client;
    }

    /** Name of the state table. */
    public String table() {
        return table;
    }

    /**
     * Changes how a table behaves, for instance its lag or its failures.
     *
     * @throws java.util.NoSuchElementException if somebody else has started this DynamoDB
     */
    public void with(String name, Consumer<InMemoryStateTable> change) {
        server.orElseThrow().with(name, change);
    }

    /** Ends the outage of a cluster. Returns true if there was one; functions remember it for a few seconds. */
    boolean endOutage(String cluster) {
        Map<String, AttributeValue> key = Map.of(
                "pk", AttributeValue.fromS("cluster#" + cluster),
                "sk", AttributeValue.fromS("outage"));
        boolean isOut =
                client.getItem(request -> request.tableName(table).key(key)).hasItem();
        client.deleteItem(request -> request.tableName(table).key(key));
        return isOut;
    }

    /** All items of the state table. */
    public List<Map<String, AttributeValue>> items() {
        return client.scanPaginator(request -> request.tableName(table)).items().stream()
                .toList();
    }

    /** Creates the state table as {@code infra/sandbox/table.json} describes it. */
    void createTable() {
        createTable(table);
    }

    /** Creates a table like the state table, for a test that must not meet the functions. */
    public void createTable(String name) {
        try {
            client.createTable(request(name));
        } catch (ResourceInUseException exception) {
            // The answer to the first try came too late on a busy machine; the table is there.
            client.waiter().waitUntilTableExists(request -> request.tableName(name));
        }
    }

    private static CreateTableRequest request(String name) {
        JsonNode definition = definition();
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(definition.path("BillingMode").asText())
                .attributeDefinitions(each(definition.path("AttributeDefinitions")).stream()
                        .map(attribute -> AttributeDefinition.builder()
                                .attributeName(attribute.path("AttributeName").asText())
                                .attributeType(attribute.path("AttributeType").asText())
                                .build())
                        .toList())
                .keySchema(keys(definition))
                .globalSecondaryIndexes(each(definition.path("GlobalSecondaryIndexes")).stream()
                        .map(index -> GlobalSecondaryIndex.builder()
                                .indexName(index.path("IndexName").asText())
                                .keySchema(keys(index))
                                .projection(projection(index.path("Projection")))
                                .build())
                        .toList())
                .build();
    }

    @Override
    public void close() {
        client.close();
        server.ifPresent(DynamoDbServer::close);
    }

    private static Projection projection(JsonNode definition) {
        Projection.Builder projection = Projection.builder()
                .projectionType(definition.path("ProjectionType").asText());
        List<String> attributes = each(definition.path("NonKeyAttributes")).stream()
                .map(JsonNode::asText)
                .toList();
        // An index of all attributes must not name any.
        return attributes.isEmpty()
                ? projection.build()
                : projection.nonKeyAttributes(attributes).build();
    }

    private static List<KeySchemaElement> keys(JsonNode owner) {
        return each(owner.path("KeySchema")).stream()
                .map(key -> KeySchemaElement.builder()
                        .attributeName(key.path("AttributeName").asText())
                        .keyType(key.path("KeyType").asText())
                        .build())
                .toList();
    }

    private static List<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static JsonNode definition() {
        Path file = Project.folder("infra", "sandbox", "table.json");
        try {
            return Json.read(Files.readString(file));
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read " + file, failure);
        }
    }
}
