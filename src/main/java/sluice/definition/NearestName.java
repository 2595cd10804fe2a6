package sluice.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that somebody probably meant. */
final class NearestName {

    private NearestName() {}

    /** The nearest of the names by edit distance without regard to case, if it is near enough to be meant. */
    static Optional<String> of(String written, Collection<String> names) {
        String lowerCase = written.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> distance(lowerCase, name.toLowerCase(Locale.ROOT)) <= Math.max(1, name.length() / 3))
                .min(Comparator.comparingInt((String name) -> distance(lowerCase, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    private static int distance(String left, String right) {
        if (Math.abs(left.length() - right.length()) > right.length()) {
            return Integer.MAX_VALUE;
        }
        int[][] distance = new int[left.length() + 1][right.length() + 1];
        for (int row = 0; row <= left.length(); row++) {
            for (int column = 0; column <= right.length(); column++) {
                if (row == 0 || column == 0) {
                    distance[row][column] = row + column;
                    continue;
                }
                int replace = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
                int best = Math.min(
                        Math.min(distance[row - 1][column], distance[row][column - 1]) + 1,
                        distance[row - 1][column - 1] + replace);
                boolean swapped = row > 1
                        && column > 1
                        && left.charAt(row - 1) == right.charAt(column - 2)
                        && left.charAt(row - 2) == right.charAt(column - 1);
                distance[row][column] = swapped ? Math.min(best, distance[row - 2][column - 2] + 1) : best;
            }
        }
        return distance[left.length()][right.length()];
    }
}
