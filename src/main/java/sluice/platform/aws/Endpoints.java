package sluice.platform.aws;

import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.endpoints.DynamoDbEndpointProvider;
import software.amazon.awssdk.services.eventbridge.endpoints.EventBridgeEndpointProvider;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;
import software.amazon.awssdk.services.secretsmanager.endpoints.SecretsManagerEndpointProvider;
import software.amazon.awssdk.services.ssm.endpoints.SsmEndpointProvider;

/**
 * Loads the SDK's endpoint rules. The SDK reads its list of AWS partitions when it first resolves an endpoint, and keeps it.
 * Here this happens while the native executable is built.
 */
final class Endpoints {

    private static final Region ANY = Region.US_EAST_1;

    private Endpoints() {}

    /** Resolves one endpoint of each service. */
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
        SecretsManagerEndpointProvider.defaultProvider()
                .resolveEndpoint(parameters -> parameters.region(ANY))
                .join();
        SsmEndpointProvider.defaultProvider()
                .resolveEndpoint(parameters -> parameters.region(ANY))
                .join();
    }
}
