package sluice.sandbox.lambda;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Functions that wait for a debugger, by name: {@code -Dsandbox.debug=submit:5005,poll:5006}.
 *
 * <p>Such a function runs as a single process, because a port belongs to one process, and gets a day per invocation, so
 * that nobody kills it at a breakpoint. It starts without waiting for the debugger.
 */
public record DebugPorts(Map<String, Integer> ports) {

    public static final DebugPorts NONE = new DebugPorts(Map.of());

    private static final String PROPERTY = "sandbox.debug";
    private static final Pattern ENTRY = Pattern.compile("[a-z]+:[1-9][0-9]{3,4}");
    private static final Duration TIMEOUT = Duration.ofDays(1);

    public DebugPorts {
        ports = Map.copyOf(ports);
    }

    /** @throws IllegalArgumentException if the system property {@code sandbox.debug} has another form */
    public static DebugPorts fromSystemProperty() {
        return parse(System.getProperty(PROPERTY, ""));
    }

    static DebugPorts parse(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        List<String> entries = Arrays.asList(text.split(",", -1));
        if (!entries.stream().allMatch(ENTRY.asMatchPredicate())) {
            throw new IllegalArgumentException(
                    PROPERTY + " must be FUNCTION:PORT, several separated by commas, but was '" + text + "'");
        }
        return new DebugPorts(entries.stream()
                .map(entry -> entry.split(":"))
                .collect(Collectors.toMap(parts -> parts[0], parts -> Integer.valueOf(parts[1]))));
    }

    /**
     * The same routes with one process and a long timeout for each debugged function.
     *
     * @throws IllegalArgumentException if the routes lack such a function
     */
    public Routes adapt(Routes routes) {
        Map<String, Routes.FunctionSettings> functions = new HashMap<>(routes.functions());
        ports.keySet().forEach(name -> {
            Routes.FunctionSettings settings = functions.get(name);
            if (settings == null) {
                throw new IllegalArgumentException(
                        PROPERTY + " names no function '" + name + "', only " + new TreeSet<>(functions.keySet()));
            }
            functions.put(name, new Routes.FunctionSettings((int) TIMEOUT.toSeconds(), settings.memoryMegabytes(), 1));
        });
        return new Routes(
                functions,
                routes.queues(),
                routes.eventRules(),
                routes.invocations(),
                routes.schedules(),
                routes.httpApi(),
                routes.s3Notifications());
    }

    /** The option that makes the JVM of this function listen for a debugger on the loopback interface. */
    Optional<String> option(String function) {
        return Optional.ofNullable(ports.get(function))
                .map(port -> "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:" + port);
    }
}
