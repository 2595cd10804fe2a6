package sluice.platform.aws;

import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.endpoints.DynamoDbEndpointProvider;
import software.amazon.awssdk.services.eventbridge.endpoints.EventBridgeEndpointProvider;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/**
 * The rules for a service's address. The SDK reads the list of AWS' partitions, which they need, when it first looks an
 * address up, and keeps it: that is done while the executable is built.
 */
final class Endpoints {

    private static final Region ANY = Region.US_EAST_1;

    private Endpoints() {}

    /** Each service once. */
    static void lookUp() {
        DynamoDbEndpointProvider.defaultProvider()
                .resolveEndpoint(parameters -> parameters.region(ANY))
                .join();
        EventBridgeEndpointProvider.defaultProvider()
                .resolveEndpoint(parameters -> parameters.region(ANY))
                .join();
        S3EndpointProvider.defaultProvider()
                .resolveEndpoint(parameters -> parameters.region(ANY).bucket("bucket"))
                .join();
    }
}
