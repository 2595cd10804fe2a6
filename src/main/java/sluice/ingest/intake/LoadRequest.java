package sluice.ingest.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.S3Location;
import sluice.core.batch.TimeChunk;
import sluice.core.json.CanonicalJson;

/**
 * A request to load objects, or all objects of a span of time.
 *
 * @param datasource Druid's datasource
 * @param clusters names of clusters; empty for all clusters of the definition
 * @param objects at least one; empty if a span is given
 * @param span whole time chunks; null if objects are given
 * @param key the caller's idempotency key; null if there is none. A new key loads everything again
 * @param intent hash of the request's content, to recognise a key that is reused for another request
 * @param author identity of the caller
 * @param reason why the caller wants it; null if not stated
 * @param replacedRun id of the run whose objects are loaded again: under a key, an append takes what this run has and what no run
 *     has; null if the request stands for itself
 */
public record LoadRequest(
        String datasource,
        List<String> clusters,
        List<S3Location> objects,
        @Nullable TimeChunk span,
        @Nullable String key,
        String intent,
        String author,
        @Nullable String reason,
        @Nullable String replacedRun) {

    private static final Pattern SESSION = Pattern.compile("(arn:[^:]+:sts::[0-9]*:assumed-role/.+)/[^/]+");

    public LoadRequest(
            String datasource,
            List<String> clusters,
            List<S3Location> objects,
            @Nullable TimeChunk span,
            @Nullable String key,
            String intent,
            String author,
            @Nullable String reason) {
        this(datasource, clusters, objects, span, key, intent, author, reason, null);
    }

    public LoadRequest {
        clusters = List.copyOf(clusters);
        objects = List.copyOf(objects);
        if (objects.isEmpty() == (span == null)) {
            throw new IllegalArgumentException("a request has either objects or a span of time");
        }
    }

    /**
     * Returns the same request in place of a run. An object that was overwritten since that run may be another run's by now, which
     * keeps it.
     */
    public LoadRequest inPlaceOf(String run) {
        return new LoadRequest(datasource, clusters, objects, span, key, intent, author, reason, run);
    }

    /**
     * The idempotency key of this caller for this datasource, as 64 hexadecimal digits; null if there is none. Two callers who
     * choose the same key do not get each other's runs. The sessions of one role are one caller, because a retry may run in
     * another session.
     */
    @Nullable
    String scopedKey() {
        return key == null ? null : scoped(datasource, author, key);
    }

    /** Returns an idempotency key of a caller for a datasource, as 64 hexadecimal digits. */
    public static String scoped(String datasource, String author, String key) {
        return CanonicalJson.hash(JsonNodeFactory.instance
                .objectNode()
                .put("datasource", datasource)
                .put("caller", SESSION.matcher(author).replaceAll("$1"))
                .put("key", key));
    }
}
