package sluice.nativeimage;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One row of the table: what is started, and with which event.
 *
 * @param name        name of the function
 * @param kind        name of the executable's package, {@code JVM} or {@code Python}
 * @param command     starts the process, by the path of its program
 * @param environment beside what Lambda sets
 * @param folder      where it starts
 * @param event       its first event, JSON
 */
record Contender(
        String name, String kind, List<String> command, Map<String, String> environment, Path folder, String event) {

    static final String JVM = "JVM";
    static final String PYTHON = "Python";

    Contender {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    String label() {
        return name + ", " + kind;
    }

    boolean isExecutable() {
        return !kind.equals(JVM) && !kind.equals(PYTHON);
    }
}
