package sluice.terraform;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code terraform/permissions.json} grants each function what its code calls, and nothing more.
 *
 * <p>What it cannot see: calls by reflection, and which of several buckets or indexes a call is about where the class that
 * makes it does not tell. The tables below name those classes; a class or a call that they lack fails the test.
 */
class PermissionsTest {

    private static final String SDK = "software.amazon.awssdk.services.";

    /** Methods of the SDK's clients: the actions of each, by the class that calls it where the resource depends on that. */
    private static final Map<String, Set<String>> GRANTS = Map.ofEntries(
            grant("DynamoDbClient.getItem", "table dynamodb:GetItem"),
            grant("DynamoDbClient.putItem", "table dynamodb:PutItem"),
            grant("DynamoDbClient.updateItem", "table dynamodb:UpdateItem"),
            grant("DynamoDbClient.deleteItem", "table dynamodb:DeleteItem"),
            // A transaction needs what its parts need, and these are asked for one by one.
            grant("DynamoDbClient.transactWriteItems"),
            grant("TransactWriteItem$Builder.put", "table dynamodb:PutItem"),
            grant("TransactWriteItem$Builder.update", "table dynamodb:UpdateItem"),
            grant("TransactWriteItem$Builder.delete", "table dynamodb:DeleteItem"),
            grant("DynamoDbClient.executeStatement by StateTable", "index.due dynamodb:PartiQLSelect"),
            grant("DynamoDbClient.query by RunIndex", "index.runs dynamodb:Query"),
            grant("DynamoDbClient.queryPaginator by RunIndex", "index.runs dynamodb:Query"),
            grant("DynamoDbClient.query", "table dynamodb:Query"),
            grant("DynamoDbClient.queryPaginator", "table dynamodb:Query"),
            grant("EventBridgeClient.putEvents", "bus events:PutEvents"),
            grant("S3Client.listObjectsV2Paginator by BucketFiles", "definitionsBucket s3:ListBucket"),
            grant("S3Client.getObjectAsBytes by BucketFiles", "definitionsObjects s3:GetObject"),
            grant("S3Client.listObjectsV2Paginator by ChunkObjects", "dataBuckets s3:ListBucket"),
            // Without ListBucket S3 answers 403 for an object that is gone, where the code wants 404.
            grant(
                    "S3Client.headObject by ObjectTags",
                    "dataBucketsTagged s3:ListBucket",
                    "dataObjectsTagged s3:GetObject"),
            grant(
                    "S3Client.getObjectTagging by ObjectTags",
                    "dataObjectsTagged s3:GetObjectTagging",
                    "dataObjectsTagged s3:GetObjectVersionTagging"),
            grant(
                    "S3Client.putObjectTagging by ObjectTags",
                    "dataObjectsTagged s3:PutObjectTagging",
                    "dataObjectsTagged s3:PutObjectVersionTagging"),
            grant("S3Presigner.presignGetObject by PresignedObjects", "dataObjectsPresigned s3:GetObject"));

    /** Every function that speaks with Druid may read what its credentials are referred to by. */
    private static final Set<String> SECRETS =
            Set.of("secretsManagerSecrets secretsmanager:GetSecretValue", "ssmParameters ssm:GetParameter");

    private static final CallGraph CODE = CallGraph.ofThisProject();

    static Stream<String> functions() {
        return StreamSupport.stream(((Iterable<String>) permissions()::fieldNames).spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void aFunctionIsGrantedWhatItsCodeCallsAndNothingMore(String function) {
        // Given
        Set<String> needed = new TreeSet<>();

        // When
        Set<JavaAccess<?>> accesses = CODE.accesses(CODE.function(function));
        accesses.stream().filter(PermissionsTest::isCallOfAws).forEach(access -> needed.addAll(grants(access)));
        if (accesses.stream().anyMatch(PermissionsTest::isCallOfDruid)) {
            needed.addAll(SECRETS);
        }

        // Then
        assertThat(granted(function)).isEqualTo(needed);
    }

    @Test
    void everyFunctionHasPermissions() {
        assertThat(functions())
                .containsExactlyInAnyOrderElementsOf(CODE.classes().stream()
                        .flatMap(javaClass -> javaClass.getMethods().stream())
                        .filter(CallGraph::isFunction)
                        .map(CallGraph::nameOf)
                        .toList());
    }

    /** What no function reaches would be missed by the test above. */
    @Test
    void everyCallOfAwsIsReachedByAFunction() {
        // Given
        Set<JavaAccess<?>> reached = functions()
                .map(CODE::function)
                .flatMap((JavaMethod function) -> CODE.accesses(function).stream())
                .collect(toCollection(HashSet::new));

        // When
        Stream<JavaAccess<?>> calls = CODE.classes().stream()
                .flatMap(javaClass -> javaClass.getAccessesFromSelf().stream())
                .<JavaAccess<?>>map(access -> access)
                .filter(PermissionsTest::isCallOfAws);

        // Then
        assertThat(calls).isNotEmpty().allSatisfy(call -> assertThat(reached)
                .as(call.getDescription())
                .contains(call));
    }

    @Test
    void noActionHasAWildcard() {
        assertThat(functions().flatMap(function -> granted(function).stream())).noneMatch(grant -> grant.contains("*"));
    }

    private static Map.Entry<String, Set<String>> grant(String call, String... actions) {
        return Map.entry(call, Set.of(actions));
    }

    private static Set<String> grants(JavaAccess<?> access) {
        String call = simpleName(access) + "." + access.getName();
        String origin = access.getOriginOwner().getSimpleName();
        Set<String> grants = GRANTS.getOrDefault(call + " by " + origin, GRANTS.get(call));
        assertThat(grants)
                .as("which permissions does %s need? Say it here and in terraform/permissions.json", access)
                .isNotNull();
        return grants;
    }

    /** A call of a service, or of what makes a part of a transaction. */
    private static boolean isCallOfAws(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        boolean isClient = owner.startsWith(SDK)
                && (owner.endsWith("Client") || owner.endsWith("Presigner"))
                && !Set.of("builder", "create", "close").contains(access.getName())
                && access.getTarget() instanceof CodeUnitAccessTarget;
        boolean isPartOfATransaction = owner.equals(SDK + "dynamodb.model.TransactWriteItem$Builder")
                && !access.getName().equals("build");
        return isClient || isPartOfATransaction;
    }

    private static boolean isCallOfDruid(JavaAccess<?> access) {
        return access.getOriginOwner().getSimpleName().equals("DruidCluster");
    }

    private static String simpleName(JavaAccess<?> access) {
        String name = access.getTargetOwner().getName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Set<String> granted(String function) {
        Set<String> grants = new TreeSet<>();
        permissions().path(function).fields().forEachRemaining(resource -> resource.getValue()
                .forEach(action -> grants.add(resource.getKey() + " " + action.asText())));
        return grants;
    }

    private static JsonNode permissions() {
        try {
            return JsonMapper.builder()
                    .build()
                    .readTree(TerraformModule.ofThisProject().read("permissions.json"));
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("permissions.json is not JSON", exception);
        }
    }
}
