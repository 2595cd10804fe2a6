package sluice.core.spec;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@link DefaultVariable}s and collects all problems, to report them at once. */
final class EnvironmentReader {

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    EnvironmentReader(Map<String, String> environment) {
        this.environment = environment;
        Set<String> known = Arrays.stream(DefaultVariable.values())
                .map(DefaultVariable::variable)
                .collect(Collectors.toCollection(TreeSet::new));
        environment.keySet().stream()
                .filter(name -> name.startsWith(DefaultVariable.PREFIX) && !known.contains(name))
                .sorted()
                .forEach(name -> problems.add(name + " is unknown; known are " + String.join(", ", known)));
    }

    Duration duration(DefaultVariable variable) {
        String value = required(variable);
        try {
            Duration duration = Duration.parse(value);
            if (!duration.isNegative() && !duration.isZero()) {
                return duration;
            }
        } catch (DateTimeParseException notADuration) {
            // Reported below, like a duration that is not above zero.
        }
        refuse(variable, value);
        return Duration.parse(standard(variable));
    }

    long number(DefaultVariable variable) {
        return number(variable, required(variable), standard(variable));
    }

    private long number(DefaultVariable variable, String value, String fallback) {
        try {
            long number = Long.parseLong(value);
            if (variable.allows(number)) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Reported below, like a number out of range.
        }
        refuse(variable, value);
        return Long.parseLong(fallback);
    }

    /** Returns the number; null if the variable is not set, so that Druid's own default applies. */
    @Nullable
    Integer optional(DefaultVariable variable) {
        String value = value(variable);
        return value == null ? null : (int) number(variable, value, "1");
    }

    /** @throws IllegalArgumentException if there was a problem */
    void refuseProblems() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** An empty variable counts as not set. */
    private @Nullable String value(DefaultVariable variable) {
        String value = environment.getOrDefault(variable.variable(), "").trim();
        return value.isEmpty() ? variable.standard() : value;
    }

    private String required(DefaultVariable variable) {
        String value = value(variable);
        return value == null ? standard(variable) : value;
    }

    private static String standard(DefaultVariable variable) {
        return Objects.requireNonNull(variable.standard(), () -> variable.variable() + " has no standard value");
    }

    private void refuse(DefaultVariable variable, String value) {
        problems.add(variable.variable() + ": '" + value + "' is not " + variable.expected());
    }
}
