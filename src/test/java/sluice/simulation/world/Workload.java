package sluice.simulation.world;

import java.time.Duration;
import java.util.Random;
import sluice.ingest.DefinitionText;
import sluice.simulation.druid.Lags;

/**
 * What a history is made of. Chances are in thousandths a moment of a call, of tasks in hundredths a task.
 *
 * @param mode {@code replace} or {@code append}
 * @param settle ISO-8601
 * @param uploads at most so many
 * @param others whether other tasks write to the datasource
 * @param absences whether the environment loses its cluster for a while
 * @param tidy whether a file is loaded before anything goes wrong, tasks that fail have published, and the coordinator drops at once
 *     what is overshadowed
 * @param rollbacks whether a person applies a second version and rolls it back with its data
 * @param meanwhile chance that other things happen inside of a call
 */
record Workload(
        String mode,
        String settle,
        int days,
        int uploads,
        int steps,
        boolean overwrites,
        boolean cancels,
        boolean orders,
        boolean others,
        boolean absences,
        int kills,
        int errors,
        int meanwhile,
        int taskFaults,
        Duration indexLag,
        Lags lags,
        boolean tidy,
        boolean rollbacks) {

    static Workload of(Random random) {
        boolean quiet = random.nextInt(4) == 0;
        Workload drawn = new Workload(
                random.nextBoolean() ? "replace" : "append",
                random.nextBoolean() ? "PT0S" : "PT1M",
                1 + random.nextInt(2),
                1 + random.nextInt(5),
                30 + random.nextInt(120),
                random.nextInt(3) == 0,
                random.nextInt(3) == 0,
                random.nextInt(4) == 0,
                random.nextInt(3) == 0,
                random.nextInt(6) == 0,
                quiet ? 0 : random.nextInt(20),
                quiet ? 0 : random.nextInt(20),
                random.nextInt(30),
                random.nextInt(2) == 0 ? random.nextInt(60) : 0,
                random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(random.nextInt(20)),
                random.nextBoolean()
                        ? Lags.NONE
                        : new Lags(
                                Duration.ofSeconds(random.nextInt(60)),
                                Duration.ofSeconds(random.nextInt(120)),
                                Duration.ofSeconds(random.nextInt(120)),
                                Duration.ofSeconds(random.nextInt(60))),
                random.nextInt(4) == 0,
                random.nextInt(6) == 0);
        return drawn.tidy ? drawn.takingBack() : drawn;
    }

    /** One day that is loaded again and again, by tasks of which some fail after they have published. */
    private Workload takingBack() {
        return new Workload(
                mode,
                settle,
                1,
                Math.max(uploads, 4),
                Math.max(steps, 90),
                overwrites,
                cancels,
                orders,
                others,
                absences,
                kills,
                errors,
                meanwhile,
                60,
                indexLag,
                lags,
                true,
                rollbacks);
    }

    String definition(String datasource) {
        return text(datasource).toString();
    }

    /** Another version, which loads the same rows. */
    String secondDefinition(String datasource) {
        return text(datasource)
                .batch("tuningConfig", "{maxRowsInMemory: 900000}")
                .toString();
    }

    private DefinitionText text(String datasource) {
        return new DefinitionText(datasource)
                .batch("inputFormat", "{type: json}")
                .batch("mode", mode)
                .batch("trigger", "{on: object, settle: " + settle + "}")
                .batch("partitions", "{type: dynamic}");
    }
}
