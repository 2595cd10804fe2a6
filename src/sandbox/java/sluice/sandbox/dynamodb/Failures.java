package sluice.sandbox.dynamodb;

import sluice.platform.state.StateException;

/** What the table says, as DynamoDB says it. */
final class Failures {

    private Failures() {}

    static int status(StateException exception) {
        return exception.code() == StateException.Code.UNAVAILABLE ? 500 : 400;
    }

    static DynamoDbException of(StateException exception) {
        return switch (exception.code()) {
            case THROTTLED -> new DynamoDbException("ThrottlingException", "Rate exceeded");
            case CONFLICT ->
                new DynamoDbException("TransactionConflictException", "Transaction is ongoing for the item");
            case ITEM_TOO_LARGE -> DynamoDbException.invalid("Item size has exceeded the maximum allowed size");
            case REFUSED -> DynamoDbException.invalid(String.valueOf(exception.getMessage()));
            case UNAVAILABLE -> new DynamoDbException("InternalServerError", "Internal server error");
            case TIMED_OUT, CANCELLED -> throw new IllegalStateException(exception);
        };
    }
}
