package sluice.entry.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variables that the caller hands over with {@code --variable NAME=VALUE}, or with {@code --variable NAME} from the
 * environment. The command line reads no other variable for a definition: a finding quotes what it finds, and whoever
 * writes a definition could have it quote a token.
 */
final class GivenVariables {

    static final String OPTION = "--variable";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private GivenVariables() {}

    /** @throws UsageException if an option is not NAME or NAME=VALUE, or a NAME alone is not set */
    static Map<String, String> of(Arguments arguments, Console console) throws UsageException {
        Map<String, String> variables = new HashMap<>();
        for (String given : arguments.all(OPTION)) {
            int equals = given.indexOf('=');
            String name = equals < 0 ? given : given.substring(0, equals);
            if (!NAME.matcher(name).matches()) {
                throw new UsageException(OPTION + " cannot be '" + given + "'; it must be NAME or NAME=VALUE");
            }
            variables.put(
                    name,
                    equals < 0 ? ofEnvironment(name, console.environment().get(name)) : given.substring(equals + 1));
        }
        return Map.copyOf(variables);
    }

    private static String ofEnvironment(String name, @Nullable String value) throws UsageException {
        if (value == null) {
            throw new UsageException(OPTION + " " + name + ": the variable is not set in the environment");
        }
        return value;
    }
}
