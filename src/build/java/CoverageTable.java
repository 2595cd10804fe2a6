import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Prints what the unit tests cover of each group of packages and of all of them. The build runs this file as it is.
 *
 * <p>Usage: {@code java CoverageTable.java jacoco.csv GROUP...}, where a group is a package with those below it. Ends
 * with 1 where the report knows no class of a group: then its figure would mean nothing.
 */
final class CoverageTable {

    /** What JaCoCo counted in one class, or in many. */
    private record Counts(long linesMissed, long linesCovered, long branchesMissed, long branchesCovered) {

        private static final Counts NONE = new Counts(0, 0, 0, 0);

        /** Columns: GROUP,PACKAGE,CLASS,INSTRUCTION_(MISSED,COVERED),BRANCH_(M,C),LINE_(M,C),COMPLEXITY_..,METHOD_... */
        static Counts of(String[] row) {
            return new Counts(
                    Long.parseLong(row[7]), Long.parseLong(row[8]), Long.parseLong(row[5]), Long.parseLong(row[6]));
        }

        Counts plus(Counts other) {
            return new Counts(
                    linesMissed + other.linesMissed,
                    linesCovered + other.linesCovered,
                    branchesMissed + other.branchesMissed,
                    branchesCovered + other.branchesCovered);
        }

        String row(String name) {
            return String.format(
                    Locale.ROOT,
                    "  %-16s %-18s %s",
                    name,
                    share(linesCovered, linesMissed),
                    share(branchesCovered, branchesMissed));
        }

        private static String share(long covered, long missed) {
            long all = covered + missed;
            return String.format(
                    Locale.ROOT, "%5.1f %% of %d", all == 0 ? 100.0 : Math.floor(1000.0 * covered / all) / 10, all);
        }
    }

    private CoverageTable() {}

    public static void main(String[] arguments) throws IOException {
        Path report = Path.of(arguments[0]);
        if (!Files.exists(report)) {
            return;
        }
        List<String[]> classes;
        try (Stream<String> rows = Files.lines(report)) {
            classes = rows.skip(1).map(row -> row.split(",")).toList();
        }
        Counts total = Counts.NONE;
        System.out.printf("Coverage by the unit tests%n  %-16s %-18s branches%n", "", "lines");
        for (String group : List.of(arguments).subList(1, arguments.length)) {
            List<Counts> counts = classes.stream()
                    .filter(row -> (row[1] + ".").startsWith(group + "."))
                    .map(Counts::of)
                    .toList();
            if (counts.isEmpty()) {
                System.err.println(report + " knows no class of " + group);
                System.exit(1);
            }
            Counts sum = counts.stream().reduce(Counts.NONE, Counts::plus);
            System.out.println(sum.row(group));
            total = total.plus(sum);
        }
        System.out.println(total.row("all"));
    }
}
