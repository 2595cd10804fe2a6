package sluice.core.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sluice.core.definition.reader.DefinitionReader;
import sluice.core.json.CanonicalJson;

/**
 * One datasource as its user wants it, complete and checked. Made by {@link DefinitionReader}.
 *
 * @param apiVersion {@value #API_VERSION}
 * @param datasource Druid's datasource name
 * @param clusters names of the clusters that hold the datasource, at least one, as written
 * @param schema Druid's dataSchema without the datasource
 * @param batch how files become rows, or null where there is no batch part
 * @param stream one entry per stream, empty where there is none
 * @param retention how long rows stay, or null where nothing is said
 * @param compaction who compacts; {@link Compaction#NONE} where nothing is said
 * @param queries what the datasource is asked, most often first; empty where nothing is said
 * @param drift what happens when the columns of the files change
 * @param compatibility what a new version may do to the columns
 * @param document the document as read, variables resolved; what {@link #hash()} is made of
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
        ObjectNode document) {

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
        if (clusters.isEmpty()) {
            throw new IllegalArgumentException("clusters: a definition names at least one cluster");
        }
    }

    /** A copy: the definition itself never changes. */
    @Override
    public ObjectNode document() {
        return document.deepCopy();
    }

    /** The batch part of a definition that has one: what loads files asks for it without looking. */
    public BatchDefinition requireBatch() {
        return Objects.requireNonNull(batch, () -> "The definition of " + datasource + " has no batch part");
    }

    /** Whether rows are added to time chunks that have some, by a stream or by runs: then all writers use concurrent locks. */
    public boolean isAppendedTo() {
        return !stream.isEmpty() || batch != null && batch.mode() == BatchDefinition.Mode.APPEND;
    }

    /**
     * SHA-256 (64 hexadecimal digits) of the canonical JSON of the resolved document: equal for two texts that differ in
     * layout, comments, key order or YAML against JSON only.
     */
    public String hash() {
        return CanonicalJson.hash(document);
    }
}
