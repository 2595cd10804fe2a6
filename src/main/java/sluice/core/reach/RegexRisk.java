package sluice.core.reach;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds regular expressions that may try the same text in exponentially many ways: a repetition of a group that itself repeats
 * something or has alternatives, and a reference to an earlier group. It errs on the safe side.
 */
final class RegexRisk {

    private final String pattern;
    private int at;

    private RegexRisk(String pattern) {
        this.pattern = pattern;
    }

    static boolean of(String pattern) {
        return new RegexRisk(pattern).isRisky();
    }

    private boolean isRisky() {
        // Of each open group: whether it has a repetition or alternatives.
        Deque<Boolean> open = new ArrayDeque<>();
        open.push(false);
        boolean closed = false; // whether the piece before is a group that repeats or has alternatives
        while (at < pattern.length()) {
            char letter = pattern.charAt(at);
            boolean wasRisky = closed;
            closed = false;
            switch (letter) {
                case '\\' -> {
                    at++;
                    if (at < pattern.length() && (Character.isDigit(pattern.charAt(at)) || pattern.charAt(at) == 'k')) {
                        return true;
                    }
                    if (at < pattern.length() && pattern.charAt(at) == 'Q') {
                        int end = pattern.indexOf("\\E", at);
                        at = end < 0 ? pattern.length() : end + 1;
                    }
                }
                case '[' -> skipClass();
                case '(' -> open.push(false);
                case ')' -> {
                    closed = open.pop();
                    if (open.isEmpty()) {
                        open.push(false);
                    }
                    if (closed) {
                        open.push(open.pop() | true);
                    }
                }
                case '|' -> mark(open);
                case '*', '+', '{' -> {
                    if (wasRisky && !isPossessive()) {
                        return true;
                    }
                    mark(open);
                }
                default -> {
                    // A character for itself.
                }
            }
            at++;
        }
        return false;
    }

    private static void mark(Deque<Boolean> open) {
        open.pop();
        open.push(true);
    }

    private boolean isPossessive() {
        int end = pattern.charAt(at) == '{' ? pattern.indexOf('}', at) : at;
        return end >= 0 && end + 1 < pattern.length() && pattern.charAt(end + 1) == '+';
    }

    private void skipClass() {
        int depth = 0;
        for (; at < pattern.length(); at++) {
            char letter = pattern.charAt(at);
            if (letter == '\\') {
                at++;
            } else if (letter == '[') {
                depth++;
            } else if (letter == ']' && --depth == 0) {
                return;
            }
        }
    }
}
