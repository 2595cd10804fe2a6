package sluice.core.batch;

/**
 * The id of the Druid task for one attempt at a run. It is known before the task exists, so a task whose submission got
 * no answer is found again instead of submitted twice.
 */
public final class TaskId {

    private static final int LONGEST_DATASOURCE = 120;

    private TaskId() {}

    /**
     * Returns {@code sluice_<datasource>_<runId>_<attempt>}: under 200 characters of {@code A-Z a-z 0-9 . _ -}. Other
     * characters of the datasource become {@code -}, and it is cut at 120 characters; the run id keeps ids unique.
     *
     * @param attempt from 1
     */
    public static String of(String datasource, String runId, int attempt) {
        if (attempt < 1) {
            throw new IllegalArgumentException("Attempts count from 1: " + attempt);
        }
        String cleaned = datasource.replaceAll("[^A-Za-z0-9_.-]", "-");
        String cut = cleaned.substring(0, Math.min(cleaned.length(), LONGEST_DATASOURCE));
        return "sluice_" + cut + "_" + runId + "_" + attempt;
    }
}
