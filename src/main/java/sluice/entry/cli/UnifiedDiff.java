package sluice.entry.cli;

import java.util.ArrayList;
import java.util.List;

/** The difference of two texts in the unified format of {@code diff -u}, with three lines around each change. */
final class UnifiedDiff {
    private static final int AROUND = 3;
    private static final String END = "\\ No newline at end of file\n";

    private final List<String> before;
    private final List<String> after;
    /** Edit script: a line of both texts, of the first or of the second, each with its sign. */
    private final List<Line> script = new ArrayList<>();

    private record Line(char sign, int before, int after, String text) {}

    private UnifiedDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /** Returns the empty text if the two are equal. */
    static String of(String name, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        UnifiedDiff diff = new UnifiedDiff(lines(before), lines(after));
        diff.compare();
        return "--- " + name + "\n+++ " + name + "\n" + diff.hunks();
    }

    /** The lines with their ends, so that the last line without one differs from the same with one. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(from, to));
            from = to;
        }
        return lines;
    }

    /** Longest common subsequence, after what both have in common at their start and end. */
    private void compare() {
        int start = 0;
        while (start < Math.min(before.size(), after.size())
                && before.get(start).equals(after.get(start))) {
            script.add(new Line(' ', start, start, before.get(start)));
            start++;
        }
        int left = before.size();
        int right = after.size();
        while (left > start && right > start && before.get(left - 1).equals(after.get(right - 1))) {
            left--;
            right--;
        }
        middle(start, left, right);
        for (int line = left; line < before.size(); line++) {
            script.add(new Line(' ', line, right + line - left, before.get(line)));
        }
    }

    private void middle(int start, int left, int right) {
        int[][] common = new int[left - start + 1][right - start + 1];
        for (int i = left - start - 1; i >= 0; i--) {
            for (int j = right - start - 1; j >= 0; j--) {
                common[i][j] = before.get(start + i).equals(after.get(start + j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (start + i < left || start + j < right) {
            boolean both = start + i < left && start + j < right;
            if (both && before.get(start + i).equals(after.get(start + j))) {
                script.add(new Line(' ', start + i, start + j, before.get(start + i)));
                i++;
                j++;
            } else if (start + j >= right || both && common[i + 1][j] >= common[i][j + 1]) {
                script.add(new Line('-', start + i, start + j, before.get(start + i++)));
            } else {
                script.add(new Line('+', start + i, start + j, after.get(start + j++)));
            }
        }
    }

    private String hunks() {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < script.size()) {
            if (script.get(at).sign() == ' ') {
                at++;
                continue;
            }
            int from = Math.max(0, at - AROUND);
            int to = at;
            int same = 0;
            while (to < script.size() && same <= 2 * AROUND) {
                same = script.get(to++).sign() == ' ' ? same + 1 : 0;
            }
            int end = to - Math.max(0, same - AROUND);
            hunk(script.subList(from, end), text);
            at = end;
        }
        return text.toString();
    }

    private static void hunk(List<Line> lines, StringBuilder text) {
        long removed = lines.stream().filter(line -> line.sign() != '+').count();
        long added = lines.stream().filter(line -> line.sign() != '-').count();
        Line first = lines.get(0);
        text.append("@@ -").append(range(first.before(), removed));
        text.append(" +").append(range(first.after(), added)).append(" @@\n");
        for (Line line : lines) {
            text.append(line.sign()).append(line.text());
            if (!line.text().endsWith("\n")) {
                text.append('\n').append(END);
            }
        }
    }

    /** An empty range begins after a line, so that its number is one less. */
    private static String range(int first, long count) {
        return (count == 0 ? first : first + 1) + (count == 1 ? "" : "," + count);
    }
}
