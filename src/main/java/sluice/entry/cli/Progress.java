package sluice.entry.cli;

/** One line on a terminal that says how far a command is, and is written anew. Elsewhere it writes nothing. */
final class Progress {

    private static final String ERASE_LINE = "\r\u001B[K";

    private final Console console;

    Progress(Console console) {
        this.console = console;
    }

    void show(String text) {
        if (console.isTerminal()) {
            console.err().print(ERASE_LINE + text);
            console.err().flush();
        }
    }

    /** Removes the line, before anything else is written. */
    void clear() {
        show("");
    }
}
