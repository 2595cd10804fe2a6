package sluice.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.ImageMode;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.internal.MetadataLoader;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Metadata of the AWS services that Sluice calls. The SDK has the regions of 320 services in memory, a tenth of all
 * objects of an executable.
 *
 * <p>Saves 3.0 to 3.6 MB of a function's memory ({@code infra/bench/startup}, 2026-11-27).
 */
final class ServicesOfAws {

    /** Metadata by the identifier that the SDK's clients ask for. */
    private static final Map<String, ServiceMetadata> CALLED = ImageMode.current() == ImageMode.NATIVE_BUILD
            ? Stream.of(
                            DynamoDbClient.SERVICE_METADATA_ID,
                            EventBridgeClient.SERVICE_METADATA_ID,
                            S3Client.SERVICE_METADATA_ID,
                            SecretsManagerClient.SERVICE_METADATA_ID,
                            SsmClient.SERVICE_METADATA_ID)
                    .collect(Collectors.toMap(Function.identity(), MetadataLoader::serviceMetadata))
            : Map.of();

    private ServicesOfAws() {}

    /** Replaces the look-up in the SDK's table. */
    @TargetClass(value = MetadataLoader.class, onlyWith = Replacement.class)
    static final class Loader {

        /** Returns null for a service that Sluice does not call; the SDK then derives regions from its partitions. */
        @Substitute
        public static ServiceMetadata serviceMetadata(String service) {
            return CALLED.get(service);
        }
    }
}
