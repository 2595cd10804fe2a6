package sluice.platform.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.platform.state.TransactionCancelledException.Failure;
import sluice.platform.state.TransactionCancelledException.Reason;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

class DynamoDbFailuresTest {

    @ParameterizedTest(name = "{1}")
    @MethodSource("failures")
    void everyFailureHasACode(SdkException failure, StateException.Code code) {
        // When
        StateException translated = DynamoDbFailures.of(failure);

        // Then
        assertThat(translated.code()).isEqualTo(code);
        assertThat(translated).hasCause(failure).hasMessageContaining(failure.getMessage());
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        refused("Item size to update has exceeded the maximum"), StateException.Code.ITEM_TOO_LARGE),
                Arguments.of(refused("One or more parameter values were invalid"), StateException.Code.REFUSED),
                Arguments.of(
                        ResourceNotFoundException.builder()
                                .statusCode(400)
                                .message("no such table")
                                .build(),
                        StateException.Code.REFUSED),
                Arguments.of(
                        DynamoDbException.builder()
                                .statusCode(500)
                                .message("internal")
                                .build(),
                        StateException.Code.UNAVAILABLE),
                Arguments.of(
                        DynamoDbException.builder()
                                .statusCode(307)
                                .message("elsewhere")
                                .build(),
                        StateException.Code.UNAVAILABLE),
                Arguments.of(
                        ProvisionedThroughputExceededException.builder()
                                .statusCode(400)
                                .message("too fast")
                                .awsErrorDetails(AwsErrorDetails.builder()
                                        .errorCode("ProvisionedThroughputExceededException")
                                        .build())
                                .build(),
                        StateException.Code.THROTTLED),
                Arguments.of(
                        TransactionConflictException.builder()
                                .statusCode(400)
                                .message("under way")
                                .build(),
                        StateException.Code.CONFLICT),
                Arguments.of(ApiCallTimeoutException.create("late", null), StateException.Code.TIMED_OUT),
                Arguments.of(client(new SocketTimeoutException()), StateException.Code.TIMED_OUT),
                Arguments.of(client(new IOException()), StateException.Code.UNAVAILABLE));
    }

    @Test
    void aCancelledTransactionNamesTheWritesThatAreToBlame() {
        // Given
        Key first = new Key("a", "1");
        Key second = new Key("a", "2");
        Key third = new Key("a", "3");
        TransactionCanceledException cancelled = TransactionCanceledException.builder()
                .cancellationReasons(
                        reason("None"),
                        reason("ConditionalCheckFailed")
                                .copy(builder -> builder.item(Map.of("holder", AttributeValue.fromS("somebody")))),
                        reason("TransactionConflict"))
                .build();

        // When
        TransactionCancelledException translated = DynamoDbFailures.of(
                cancelled,
                List.of(
                        Write.put(Item.at(first)),
                        Write.delete(second, Condition.present()),
                        Write.put(Item.at(third), Condition.absent())));

        // Then
        assertThat(translated.code()).isEqualTo(StateException.Code.CANCELLED);
        assertThat(translated.failures())
                .extracting(Failure::key, Failure::reason, failure -> failure.stored()
                        .flatMap(item -> item.text("holder")))
                .containsExactly(
                        tuple(second, Reason.CONDITION_FAILED, Optional.of("somebody")),
                        tuple(third, Reason.CONFLICT, Optional.empty()));
        assertThat(translated.conditionFailed(second)).isTrue();
        assertThat(translated.conditionFailed(third)).isFalse();
    }

    private static SdkException refused(String message) {
        return DynamoDbException.builder().statusCode(400).message(message).build();
    }

    private static SdkException client(IOException cause) {
        return SdkClientException.create("Unable to execute HTTP request", cause);
    }

    private static CancellationReason reason(String code) {
        return CancellationReason.builder().code(code).build();
    }
}
