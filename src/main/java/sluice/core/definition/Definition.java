package sluice.core.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One datasource as its user wants it, complete and checked. {@code DefinitionReader} creates it.
 *
 * @param apiVersion {@value #API_VERSION}
 * @param datasource Druid's datasource name
 * @param clusters names of the clusters that serve the datasource, at least one, in the user's order
 * @param schema Druid's dataSchema without the datasource
 * @param batch how files become rows; null without a batch part
 * @param stream one entry per stream; may be empty
 * @param retention how long rows are kept; null if not stated
 * @param compaction who compacts; {@link Compaction#NONE} if not stated
 * @param queries typical queries, most frequent first; may be empty
 * @param drift what happens if the columns of the files change
 * @param compatibility which column changes a new version may make
 * @param document the document as read, with variables resolved
 * @param hash the SHA-256 (64 hexadecimal digits) of the document's canonical JSON, made once: each tick asks for it. Layout,
 *     comments, key order and the choice of YAML or JSON do not change it
 */
public record Definition(
        String apiVersion,
        String datasource,
        List<String> clusters,
        Schema schema,
        @Nullable BatchDefinition batch,
        List<StreamDefinition> stream,
        @Nullable Retention retention,
        Compaction compaction,
        List<TypicalQuery> queries,
        Drift drift,
        Compatibility compatibility,
        ObjectNode document,
        String hash) {

    public static final String API_VERSION = "sluice/v1";

    public Definition {
        Objects.requireNonNull(apiVersion, "apiVersion");
        Objects.requireNonNull(datasource, "datasource");
        clusters = List.copyOf(clusters);
        Objects.requireNonNull(schema, "schema");
        stream = List.copyOf(stream);
        Objects.requireNonNull(compaction, "compaction");
        queries = List.copyOf(queries);
        Objects.requireNonNull(drift, "drift");
        Objects.requireNonNull(compatibility, "compatibility");
        document = document.deepCopy();
        Objects.requireNonNull(hash, "hash");
        if (clusters.isEmpty()) {
            throw new IllegalArgumentException("clusters: a definition must name at least one cluster");
        }
    }

    /** Returns a copy. */
    @Override
    public ObjectNode document() {
        return document.deepCopy();
    }

    /**
     * Returns the batch part of a definition that has one.
     *
     * @throws NullPointerException if it has none
     */
    public BatchDefinition requireBatch() {
        return Objects.requireNonNull(batch, () -> "The definition of " + datasource + " has no batch part");
    }

    /** Returns true if streams or runs append to existing time chunks. Then all writers use concurrent locks. */
    public boolean isAppendedTo() {
        return !stream.isEmpty() || batch != null && batch.mode() == BatchDefinition.Mode.APPEND;
    }
}
