package sluice.core.batch;

/**
 * The id of the Druid task of one attempt at a run, known before the task exists, so that a task whose answer was lost is
 * found again instead of started twice.
 */
public final class TaskId {

    private static final int LONGEST_DATASOURCE = 120;

    private TaskId() {}

    /**
     * {@code sluice_<datasource>_<runId>_<attempt>}: under 200 characters, only {@code A-Z a-z 0-9 . _ -}. Other characters
     * of the datasource become {@code -}, and it is cut at 120; the run id alone tells runs apart.
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
