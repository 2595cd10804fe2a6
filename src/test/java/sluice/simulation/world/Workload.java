package sluice.simulation.world;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import sluice.ingest.DefinitionText;
import sluice.simulation.druid.Lags;

/**
 * What a history is made of. Most histories are small, since most faults show with a file or two, and many small histories take
 * as long as one that is large.
 *
 * @param mode {@code replace} or {@code append}
 * @param settle ISO-8601
 * @param uploads at most so many
 * @param tidy whether a file is loaded before anything goes wrong, tasks that fail have published, and the coordinator drops at once
 *     what is overshadowed
 */
record Workload(
        String mode,
        String settle,
        int days,
        int uploads,
        int steps,
        Set<Happening> happenings,
        Chances chances,
        Duration indexLag,
        Lags lags,
        boolean tidy) {

    static Workload of(Random random) {
        boolean isLarge = random.nextInt(20) == 0;
        boolean tidy = random.nextInt(6) == 0;
        return new Workload(
                random.nextBoolean() ? "replace" : "append",
                random.nextBoolean() ? "PT0S" : "PT1M",
                isLarge && !tidy ? 1 + random.nextInt(2) : 1,
                isLarge ? 2 + random.nextInt(4) : tidy ? 2 : 1 + random.nextInt(2),
                isLarge ? 60 + random.nextInt(90) : 6 + random.nextInt(18),
                happenings(random, isLarge ? 3 : 6),
                tidy ? chances(random, isLarge).tasks(60) : chances(random, isLarge),
                random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(random.nextInt(20)),
                random.nextBoolean() ? Lags.NONE : lags(random),
                tidy);
    }

    /** Each comes with a chance of one in so many. */
    private static Set<Happening> happenings(Random random, int rarity) {
        return Arrays.stream(Happening.values())
                .filter(any -> random.nextInt(rarity) == 0)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Happening.class)));
    }

    /** In a small history about as much goes wrong as in a large one, but within fewer calls. */
    private static Chances chances(Random random, boolean isLarge) {
        boolean quiet = random.nextInt(4) == 0;
        int most = isLarge ? 20 : 50;
        return new Chances(
                quiet ? 0 : random.nextInt(most),
                quiet ? 0 : random.nextInt(most),
                random.nextInt(isLarge ? 30 : 60),
                random.nextInt(2) == 0 ? random.nextInt(60) : 0,
                Chances.Focus.values()[random.nextInt(Chances.Focus.values().length)]);
    }

    private static Lags lags(Random random) {
        return new Lags(
                Duration.ofSeconds(random.nextInt(60)),
                Duration.ofSeconds(random.nextInt(120)),
                Duration.ofSeconds(random.nextInt(120)),
                Duration.ofSeconds(random.nextInt(60)));
    }

    /** Files that arrive, and nothing else. */
    static Workload calm(String mode, int files) {
        return new Workload(mode, "PT1M", 1, files, 0, Set.of(), Chances.NONE, Duration.ZERO, Lags.NONE, false);
    }

    boolean has(Happening happening) {
        return happenings.contains(happening);
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
