package sluice.upkeep.clusters;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What batch runs, streams and compactions have written to a datasource, side by side.
 *
 * @param interval the span that was looked at
 * @param clusters one entry per cluster of the definition
 */
@RegisterForReflection
public record Writers(String interval, List<OnCluster> clusters) {

    public Writers {
        clusters = List.copyOf(clusters);
    }

    /**
     * One cluster.
     *
     * @param problem why nothing is known; null if something is
     * @param chunks time chunks, newest first
     * @param columns columns that not all writers have
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OnCluster(String cluster, @Nullable String problem, List<Chunk> chunks, List<Column> columns) {

        public OnCluster {
            chunks = List.copyOf(chunks);
            columns = List.copyOf(columns);
        }
    }

    /**
     * What a time chunk has.
     *
     * @param batch of runs of Sluice
     * @param stream of everybody else: streams, or tasks that Sluice did not plan
     * @param reading of {@code stream}, what tasks serve and have not published yet
     * @param compacted of compactions, which merge both
     */
    @RegisterForReflection
    public record Chunk(String interval, Part batch, Part stream, Part reading, Part compacted) {}

    /** Segments and rows. */
    @RegisterForReflection
    public record Part(long segments, long rows) {

        static final Part NONE = new Part(0, 0);

        Part plus(long moreRows) {
            return new Part(segments + 1, rows + moreRows);
        }
    }

    /**
     * A column.
     *
     * @param batch whether a segment of a run has it
     * @param stream whether a published segment of a stream has it
     */
    @RegisterForReflection
    public record Column(String column, boolean batch, boolean stream) {}
}
