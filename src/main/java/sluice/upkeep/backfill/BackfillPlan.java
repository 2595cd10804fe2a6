package sluice.upkeep.backfill;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.TimeChunk;

/**
 * What a backfill would do.
 *
 * @param chunks time chunks of the interval
 * @param load time chunks that would be loaded
 * @param runs runs on each cluster, at most
 * @param slots task slots that they would take at once on each cluster, at most
 * @param isReplace whether the rows of chunks are replaced; otherwise rows are added
 * @param replacedRows rows that the chunks hold now and that a replace would take away, over all clusters
 * @param files what was seen of the files
 * @param blocked chunks that a run, an operation or a hold keeps from being replaced now
 * @param estimate how long it would take by the datasource's newest runs; null if none is known
 * @param problems what stands in the way, or could not be found out
 */
public record BackfillPlan(
        BackfillRequest request,
        int chunks,
        int load,
        int runs,
        int slots,
        boolean isReplace,
        long replacedRows,
        Files files,
        Blocked blocked,
        @Nullable Duration estimate,
        List<String> problems) {

    public BackfillPlan {
        problems = List.copyOf(problems);
    }

    /**
     * What was seen of the files of the first chunks that would be loaded.
     *
     * @param looked number of chunks whose files were listed
     * @param without those of them that have no files
     * @param archived those of them with files in an archive class, which Druid cannot read
     * @param count number of files
     * @param bytes their size
     */
    public record Files(int looked, int without, int archived, long count, long bytes) {}

    /**
     * Chunks that wait, or would fail.
     *
     * @param held chunks on hold; a replace of them fails
     * @param leased chunks that a run or an operation writes now; a run of them waits
     * @param first the first of them
     */
    public record Blocked(int held, int leased, @Nullable TimeChunk first) {}
}
