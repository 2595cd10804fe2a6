package sluice.entry.gate;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.S3Location;

/**
 * A call as its handler sees it.
 *
 * @param id API Gateway's id of the call
 * @param operation the route that the call matched
 * @param caller who calls, and what they may do
 * @param path values of the variables in the route's template
 * @param query parameters of the query string
 * @param headers by name in lower case
 * @param body the text; empty if there is none
 */
record Request(
        String id,
        Route operation,
        Caller caller,
        Map<String, String> path,
        Map<String, String> query,
        Map<String, String> headers,
        String body) {

    /** S3's limit of a key. The state table's keys, of which names become parts, have twice that. */
    private static final int LONGEST_NAME = 1_024;

    private static final int LONGEST_BUCKET = 63;
    /** A note of 2,000 characters. */
    private static final int LONGEST_VALUE = 6_000;

    String author() {
        return caller.name();
    }

    /**
     * Requires a role for a datasource.
     *
     * @throws ProblemException with status 403 if the caller does not have it
     */
    void require(Role role, String datasource) {
        if (!caller.may(role, datasource)) {
            throw ProblemException.forbidden("the role '" + role.word() + "' for the datasource '" + datasource + "'");
        }
    }

    /**
     * Requires a role for every datasource.
     *
     * @param alternative what a caller without it can do instead
     * @throws ProblemException with status 403 if the caller does not have it
     */
    void requireForAll(Role role, String alternative) {
        if (!caller.mayAll(role)) {
            throw ProblemException.forbidden("the role '" + role.word() + "' for all datasources; " + alternative);
        }
    }

    /** @throws ProblemException with status 404 if the value is longer than any name */
    String inPath(String name) {
        String value = Objects.requireNonNull(path.get(name), name);
        if (bytes(value) > LONGEST_NAME) {
            throw ProblemException.notFound("'" + name + "' has more than " + LONGEST_NAME + " bytes: nothing has it");
        }
        return value;
    }

    /** @throws ProblemException with status 400 if the value is longer than any that the API takes */
    Optional<String> inQuery(String name) {
        String value = query.getOrDefault(name, "");
        if (bytes(value) > LONGEST_VALUE) {
            throw ProblemException.badRequest(
                    "The query parameter '" + name + "' has more than " + LONGEST_VALUE + " bytes");
        }
        return Optional.of(value).filter(text -> !text.isEmpty());
    }

    /**
     * An object named by bucket and key.
     *
     * @throws ProblemException with status 400 if S3 cannot have it: a key has at most 1,024 bytes
     */
    static S3Location location(String bucket, String key) {
        if (bytes(bucket) > LONGEST_BUCKET || bucket.contains("/")) {
            throw ProblemException.badRequest("'bucket' is not the name of a bucket");
        }
        if (bytes(key) > LONGEST_NAME) {
            throw ProblemException.badRequest("'key' has more than " + LONGEST_NAME + " bytes");
        }
        return new S3Location(bucket, key);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** A required parameter of the query string. */
    String required(String name) {
        return inQuery(name)
                .orElseThrow(() -> ProblemException.badRequest("The query parameter '" + name + "' is missing"));
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /**
     * The caller's idempotency key; null if there is none.
     *
     * @throws ProblemException with status 400 if it has more characters than {@code longest}
     */
    @Nullable
    String idempotencyKey(int longest) {
        String key = header("idempotency-key").orElse(null);
        if (key != null && key.length() > longest) {
            throw ProblemException.badRequest("The Idempotency-Key has more than " + longest + " characters");
        }
        return key;
    }

    /** A switch in the query string, which is off if it is missing. */
    boolean isInQuery(String name) {
        String text = inQuery(name).orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            throw ProblemException.badRequest(
                    "The query parameter '" + name + "' is '" + text + "', neither true nor false");
        }
        return text.equals("true");
    }

    /** A whole number in the query string, or {@code otherwise} if it is missing. */
    int number(String name, int otherwise, int least, int most) {
        String text = inQuery(name).orElse(null);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw ProblemException.badRequest(
                    "The query parameter '" + name + "' is '" + text + "', not a number from " + least + " to " + most);
        }
        return Integer.parseInt(text);
    }
}
