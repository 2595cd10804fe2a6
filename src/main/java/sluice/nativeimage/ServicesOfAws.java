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

/**
 * What the AWS SDK knows of the services that are called here. It knows 320 with all their regions; those were a tenth of
 * the objects of an executable, and lay between the ones that a start needs.
 */
final class ServicesOfAws {

    /** By the names that the SDK's clients ask for. */
    private static final Map<String, ServiceMetadata> CALLED = ImageMode.current() == ImageMode.NATIVE_BUILD
            ? Stream.of(
                            DynamoDbClient.SERVICE_METADATA_ID,
                            EventBridgeClient.SERVICE_METADATA_ID,
                            S3Client.SERVICE_METADATA_ID)
                    .collect(Collectors.toMap(Function.identity(), MetadataLoader::serviceMetadata))
            : Map.of();

    private ServicesOfAws() {}

    /** The build fails where the SDK no longer has the method. */
    @TargetClass(value = MetadataLoader.class, onlyWith = Replacement.class)
    static final class Loader {

        /** Null for a service that is not called; the SDK goes by its rules then. */
        @Substitute
        public static ServiceMetadata serviceMetadata(String service) {
            return CALLED.get(service);
        }
    }
}
