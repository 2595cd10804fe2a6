package sluice.platform.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.simulation.DefaultSettings;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;

class AwsClientsTest {

    private static final String REGION = "aws.region";
    private static final Optional<String> REGION_BEFORE = Optional.ofNullable(System.getProperty(REGION));

    private final AwsClients clients =
            new AwsClients(new ClientParts(), DefaultSettings.of(S3Settings.class, Map.of()));

    @BeforeEach
    void setRegion() {
        System.setProperty(REGION, "eu-central-1");
    }

    @AfterEach
    void restoreRegion() {
        REGION_BEFORE.ifPresentOrElse(region -> System.setProperty(REGION, region), () -> System.clearProperty(REGION));
    }

    /** Two calls that hang in a row leave time to say so, and to do something else. */
    @ParameterizedTest
    @ValueSource(strings = {"dynamodb", "s3", "eventbridge", "secretsmanager", "ssm"})
    void aServiceThatHangsDoesNotHoldAFunctionUntilItsEnd(String service) throws IOException {
        // Given
        Duration shortest = shortestFunction();

        // When
        Optional<Duration> limit =
                configuration(service).overrideConfiguration().apiCallTimeout();

        // Then
        assertThat(limit)
                .hasValueSatisfying(most -> assertThat(most.multipliedBy(2)).isLessThan(shortest));
    }

    private AwsServiceClientConfiguration configuration(String service) {
        return switch (service) {
            case "dynamodb" -> clients.dynamoDb().serviceClientConfiguration();
            case "s3" -> clients.s3().serviceClientConfiguration();
            case "eventbridge" -> clients.eventBridge().serviceClientConfiguration();
            case "secretsmanager" -> clients.secretsManager().serviceClientConfiguration();
            case "ssm" -> clients.ssm().serviceClientConfiguration();
            default -> throw new IllegalArgumentException(service);
        };
    }

    private static Duration shortestFunction() throws IOException {
        return StreamSupport.stream(
                        new ObjectMapper()
                                .readTree(new File("infra/events/routes.json"))
                                .path("functions")
                                .spliterator(),
                        false)
                .map(function ->
                        Duration.ofSeconds(function.path("timeoutSeconds").asLong()))
                .min(Duration::compareTo)
                .orElseThrow();
    }
}
