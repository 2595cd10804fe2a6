package sluice.sandbox.s3;

import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A request that makes a new object, recognised by its method and query.
 *
 * @param eventName what S3 calls it
 */
record WriteRequest(String eventName, String bucket, String key) {

    /** Query parameters by which a PUT changes something else than the object's content. */
    private static final Set<String> SUBRESOURCES =
            Set.of("acl", "legal-hold", "partNumber", "retention", "tagging", "torrent", "uploadId");

    /** Empty if the request makes no object. */
    static Optional<WriteRequest> of(HttpExchange exchange) {
        URI uri = exchange.getRequestURI();
        String[] bucketAndKey = uri.getPath().substring(1).split("/", 2);
        if (bucketAndKey.length < 2 || bucketAndKey[1].isEmpty()) {
            return Optional.empty();
        }
        return eventName(exchange, parameters(uri))
                .map(name -> new WriteRequest(name, bucketAndKey[0], bucketAndKey[1]));
    }

    private static Optional<String> eventName(HttpExchange exchange, Set<String> parameters) {
        String method = exchange.getRequestMethod();
        if (method.equals("PUT") && parameters.stream().noneMatch(SUBRESOURCES::contains)) {
            boolean copy = exchange.getRequestHeaders().containsKey("x-amz-copy-source");
            return Optional.of(copy ? "ObjectCreated:Copy" : "ObjectCreated:Put");
        }
        if (method.equals("POST") && parameters.contains("uploadId")) {
            return Optional.of("ObjectCreated:CompleteMultipartUpload");
        }
        return Optional.empty();
    }

    private static Set<String> parameters(URI uri) {
        if (uri.getRawQuery() == null) {
            return Set.of();
        }
        return Arrays.stream(uri.getRawQuery().split("&"))
                .map(parameter -> parameter.split("=", 2)[0])
                .collect(Collectors.toSet());
    }
}
