package sluice.entry.cli;

import sluice.core.contract.Severity;

/** How words look: with colours on a terminal, plain elsewhere. */
enum Style {
    PLAIN,
    COLOURED;

    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String CYAN = "36";

    String good(String text) {
        return in(GREEN, text);
    }

    String bad(String text) {
        return in(RED, text);
    }

    String doubtful(String text) {
        return in(YELLOW, text);
    }

    String of(Severity severity, String text) {
        return switch (severity) {
            case ERROR -> bad(text);
            case WARNING -> doubtful(text);
            case INFO -> in(CYAN, text);
        };
    }

    private String in(String colour, String text) {
        return this == PLAIN ? text : "\u001B[" + colour + "m" + text + "\u001B[0m";
    }
}
