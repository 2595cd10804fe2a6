package sluice.core.reach;

import java.util.ArrayList;
import java.util.List;

/** Finds the login modules in a {@code sasl.jaas.config}: the first word of each entry; entries end with a semicolon. */
final class JaasModules {

    private JaasModules() {}

    static List<String> of(String config) {
        List<String> modules = new ArrayList<>();
        StringBuilder entry = new StringBuilder();
        char quote = 0;
        for (int at = 0; at < config.length(); at++) {
            char letter = config.charAt(at);
            if (quote != 0) {
                if (letter == '\\') {
                    at++;
                } else if (letter == quote) {
                    quote = 0;
                }
                entry.append('_');
            } else if (letter == '"' || letter == '\'') {
                quote = letter;
                entry.append('_');
            } else if (letter == ';') {
                add(modules, entry);
            } else {
                entry.append(letter);
            }
        }
        add(modules, entry);
        return modules;
    }

    private static void add(List<String> modules, StringBuilder entry) {
        String text = entry.toString().strip();
        if (!text.isEmpty()) {
            modules.add(text.split("\\s", 2)[0]);
        }
        entry.setLength(0);
    }
}
