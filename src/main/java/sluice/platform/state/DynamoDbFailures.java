package sluice.platform.state;

import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.platform.state.TransactionCancelledException.Failure;
import sluice.platform.state.TransactionCancelledException.Reason;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * Translates DynamoDB's failures into Sluice's. The SDK has already retried the call where a retry can help.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html">Error
 *     handling</a>
 */
final class DynamoDbFailures {

    private static final String NO_FAILURE = "None";

    private DynamoDbFailures() {}

    static StateException of(SdkException exception) {
        return new StateException(code(exception), exception.getMessage(), exception);
    }

    /** @param writes the transaction; DynamoDB returns one reason per write, in the same order */
    static TransactionCancelledException of(TransactionCanceledException exception, List<Write> writes) {
        List<Failure> failures = new ArrayList<>();
        List<CancellationReason> reasons = exception.cancellationReasons();
        for (int i = 0; i < reasons.size(); i++) {
            CancellationReason reason = reasons.get(i);
            if (!NO_FAILURE.equals(reason.code())) {
                Optional<Item> stored =
                        reason.hasItem() ? Optional.of(DynamoDbItems.item(reason.item())) : Optional.empty();
                failures.add(new Failure(writes.get(i).key(), reason(reason.code()), stored));
            }
        }
        return new TransactionCancelledException(failures, exception);
    }

    private static Reason reason(String code) {
        return switch (String.valueOf(code)) {
            case "ConditionalCheckFailed" -> Reason.CONDITION_FAILED;
            case "TransactionConflict" -> Reason.CONFLICT;
            case "ThrottlingError", "ProvisionedThroughputExceeded" -> Reason.THROTTLED;
            // ItemCollectionSizeLimitExceeded, ValidationError, DuplicateItem, and what DynamoDB may add.
            default -> Reason.REFUSED;
        };
    }

    private static StateException.Code code(SdkException exception) {
        if (exception instanceof TransactionConflictException) {
            return StateException.Code.CONFLICT;
        } else if (isTimeout(exception)) {
            return StateException.Code.TIMED_OUT;
        } else if (exception instanceof SdkServiceException service) {
            return code(service);
        }
        return StateException.Code.UNAVAILABLE;
    }

    private static StateException.Code code(SdkServiceException exception) {
        if (exception.isThrottlingException()) {
            return StateException.Code.THROTTLED;
        } else if (exception.statusCode() != 400) {
            // DynamoDB redirects nobody: what answers with 307 is something in between.
            boolean isRefusal = exception.statusCode() >= 400 && exception.statusCode() < 500;
            return isRefusal ? StateException.Code.REFUSED : StateException.Code.UNAVAILABLE;
        }
        // Only the message distinguishes it from other invalid calls.
        return String.valueOf(exception.getMessage()).contains("size")
                ? StateException.Code.ITEM_TOO_LARGE
                : StateException.Code.REFUSED;
    }

    private static boolean isTimeout(SdkException exception) {
        return exception instanceof ApiCallTimeoutException
                || exception instanceof ApiCallAttemptTimeoutException
                || exception instanceof TransactionInProgressException
                || exception.getCause() instanceof SocketTimeoutException;
    }
}
