package sluice.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code terraform/permissions.json} grants each function what its code calls, and nothing more.
 *
 * <p>All that the functions ask of AWS goes through four interfaces. One table below says which permission each of their
 * methods needs, another which calls of the SDK stand behind them. A call that a table lacks fails the test.
 *
 * <p>What the test cannot see: calls by reflection, and whether AWS asks for more than the table says.
 */
class PermissionsTest {

    private static final String SDK = "software.amazon.awssdk.services.";

    /** The interfaces, and what makes the parts of their calls. */
    private static final Set<String> SEAMS =
            Set.of("EventBus", "ObjectStore", "Query", "SecretSource", "StateTable", "Write");

    /** Methods of the interfaces: the actions of each, by the class that calls it where the resource depends on that. */
    private static final Map<String, Set<String>> GRANTS = Map.ofEntries(
            grant("StateTable.get", "table dynamodb:GetItem"),
            grant("StateTable.getAll", "table dynamodb:BatchGetItem"),
            grant("StateTable.put", "table dynamodb:PutItem"),
            grant("StateTable.putIf", "table dynamodb:PutItem"),
            grant("StateTable.updateIf", "table dynamodb:UpdateItem"),
            grant("StateTable.remove", "table dynamodb:DeleteItem"),
            grant("StateTable.due", "index.due dynamodb:PartiQLSelect"),
            grant("StateTable.nextDue", "index.due dynamodb:PartiQLSelect"),
            // A transaction needs what its parts need.
            grant("StateTable.transact"),
            grant("Write.put", "table dynamodb:PutItem"),
            grant("Write.update", "table dynamodb:UpdateItem"),
            grant("Write.delete", "table dynamodb:DeleteItem"),
            // A query says itself where it reads.
            grant("StateTable.query"),
            grant("StateTable.all"),
            grant("StateTable.first"),
            grant("Query.partition", "table dynamodb:Query"),
            grant("Query.runs", "index.runs dynamodb:Query"),
            grant("EventBus.publish", "bus events:PutEvents"),
            grant("ObjectStore.each by BucketFiles", "definitionsBucket s3:ListBucket"),
            grant("ObjectStore.get by BucketFiles", "definitionsObjects s3:GetObject"),
            grant("ObjectStore.each by ChunkObjects", "dataBuckets s3:ListBucket"),
            grant("ObjectStore.list by ObjectVersions", "dataBuckets s3:ListBucket"),
            grant("ObjectStore.listAfter by ObjectVersions", "dataBuckets s3:ListBucket"),
            // Without ListBucket S3 answers 403 for an object that is gone, where the code wants 404.
            grant(
                    "ObjectStore.head by ObjectTags",
                    "dataBucketsTagged s3:ListBucket",
                    "dataObjectsTagged s3:GetObject"),
            grant(
                    "ObjectStore.tags by ObjectTags",
                    "dataObjectsTagged s3:GetObjectTagging",
                    "dataObjectsTagged s3:GetObjectVersionTagging"),
            grant(
                    "ObjectStore.replaceTags by ObjectTags",
                    "dataObjectsTagged s3:PutObjectTagging",
                    "dataObjectsTagged s3:PutObjectVersionTagging"),
            grant("ObjectStore.presignedGet by PresignedObjects", "dataObjectsPresigned s3:GetObject"),
            grant(
                    "SecretSource.read",
                    "secretsManagerSecrets secretsmanager:GetSecretValue",
                    "ssmParameters ssm:GetParameter"));

    /** Every call of the SDK in the code, by the method that makes it. */
    private static final Set<String> CALLS_OF_THE_SDK = Set.of(
            "DynamoDbStateTable.statement: DynamoDbClient.executeStatement",
            "AwsSecretSource.parameter: SsmClient.getParameter",
            "AwsSecretSource.secret: SecretsManagerClient.getSecretValue",
            "DynamoDbStateTable.get: DynamoDbClient.getItem",
            "DynamoDbStateTable.getAll: DynamoDbClient.batchGetItem",
            "DynamoDbStateTable.item: TransactWriteItem$Builder.delete",
            "DynamoDbStateTable.item: TransactWriteItem$Builder.put",
            "DynamoDbStateTable.item: TransactWriteItem$Builder.update",
            "DynamoDbStateTable.put: DynamoDbClient.putItem",
            "DynamoDbStateTable.putIf: DynamoDbClient.putItem",
            "DynamoDbStateTable.query: DynamoDbClient.query",
            "DynamoDbStateTable.remove: DynamoDbClient.deleteItem",
            "DynamoDbStateTable.transact: DynamoDbClient.transactWriteItems",
            "DynamoDbStateTable.updateIf: DynamoDbClient.updateItem",
            "EventBridgeBus.put: EventBridgeClient.putEvents",
            "S3ObjectStore.get: S3Client.getObject",
            "S3ObjectStore.head: S3Client.headObject",
            "S3ObjectStore.page: S3Client.listObjectsV2",
            "S3ObjectStore.presignedGet: S3Presigner.presignGetObject",
            "S3ObjectStore.replaceTags: S3Client.putObjectTagging",
            "S3ObjectStore.tags: S3Client.getObjectTagging");

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
        accesses.stream().filter(PermissionsTest::isCallOfASeam).forEach(access -> needed.addAll(grants(access)));

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

    @Test
    void theSdkIsCalledWhereTheTableSaysAndNowhereElse() {
        // When
        Set<String> calls = CODE.classes().stream()
                .flatMap(javaClass -> javaClass.getAccessesFromSelf().stream())
                .filter(PermissionsTest::isCallOfTheSdk)
                .map(access -> access.getOriginOwner().getSimpleName() + "."
                        + access.getOrigin().getName() + ": " + name(access))
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(calls).containsExactlyInAnyOrderElementsOf(CALLS_OF_THE_SDK);
    }

    /** A grant for what nobody does any more would stay unnoticed. */
    @Test
    void everyLineOfTheTableIsUsed() {
        // When
        Set<String> used = functions()
                .flatMap(function -> CODE.accesses(CODE.function(function)).stream())
                .filter(PermissionsTest::isCallOfASeam)
                .map(PermissionsTest::line)
                .collect(Collectors.toSet());

        // Then
        assertThat(used)
                .containsAll(GRANTS.entrySet().stream()
                        .filter(line -> !line.getValue().isEmpty())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    @Test
    void noActionHasAWildcard() {
        assertThat(functions().flatMap(function -> granted(function).stream())).noneMatch(grant -> grant.contains("*"));
    }

    private static Map.Entry<String, Set<String>> grant(String call, String... actions) {
        return Map.entry(call, Set.of(actions));
    }

    private static Set<String> grants(JavaAccess<?> access) {
        Set<String> grants = GRANTS.get(line(access));
        assertThat(grants)
                .as("which permissions does %s need? Say it here and in terraform/permissions.json", access)
                .isNotNull();
        return grants;
    }

    /** The line of the table that is about an access: that of its caller, if there is one. */
    private static String line(JavaAccess<?> access) {
        String byCaller = name(access) + " by " + access.getOriginOwner().getSimpleName();
        return GRANTS.containsKey(byCaller) ? byCaller : name(access);
    }

    /** A call from outside of what implements the interface. */
    private static boolean isCallOfASeam(JavaAccess<?> access) {
        JavaClass target = access.getTargetOwner();
        JavaClass origin = access.getOriginOwner();
        return access.getTarget() instanceof MethodCallTarget
                && SEAMS.contains(target.getSimpleName())
                && target.getPackageName().startsWith("sluice.platform.")
                && isOfNeed(access)
                && !origin.isAssignableTo(target.getName())
                && !SEAMS.contains(origin.getSimpleName())
                && CALLS_OF_THE_SDK.stream().noneMatch(call -> call.startsWith(origin.getSimpleName() + "."));
    }

    /** Of these two only what makes one matters; their other methods say what is in it. */
    private static boolean isOfNeed(JavaAccess<?> access) {
        return !Set.of("Query", "Write").contains(access.getTargetOwner().getSimpleName())
                || ((MethodCallTarget) access.getTarget())
                        .resolveMember()
                        .filter(method -> method.getModifiers().contains(JavaModifier.STATIC))
                        .isPresent();
    }

    /** A call of a service, or of what makes a part of a transaction. */
    private static boolean isCallOfTheSdk(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        boolean isClient = owner.startsWith(SDK)
                && (owner.endsWith("Client") || owner.endsWith("Presigner"))
                && !Set.of("builder", "create", "close").contains(access.getName())
                && access.getTarget() instanceof CodeUnitAccessTarget;
        boolean isPartOfATransaction = owner.equals(SDK + "dynamodb.model.TransactWriteItem$Builder")
                && !access.getName().equals("build");
        return isClient || isPartOfATransaction;
    }

    private static String name(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        return owner.substring(owner.lastIndexOf('.') + 1) + "." + access.getName();
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
