package sluice.entry.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The help. {@code help.txt} has one section for each command: its usages, indented by two spaces, what it does, its exit
 * statuses and an example, indented by six. {@code sluice COMMAND --help} shows that section, {@code sluice --help} all.
 */
final class Help {

    private static final Pattern SECTION =
            Pattern.compile("(?m)^  sluice ([a-z-]+).*\n(?:      .*\n|  sluice \\1 .*\n)*");

    private Help() {}

    static String overview() {
        try (InputStream text = Help.class.getResourceAsStream("help.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new IllegalStateException("The help is beside this class", impossible);
        }
    }

    /** Returns the section of the command that the arguments name, or the overview. */
    static String about(List<String> given) {
        String word = given.stream()
                .filter(argument -> !argument.startsWith("-") && !argument.equals("help"))
                .findFirst()
                .orElse("");
        String text = overview();
        return SECTION.matcher(text)
                .results()
                .filter(section -> section.group(1).equals(word))
                .map(MatchResult::group)
                .findFirst()
                .map(section -> section.indent(-2) + (section.contains("[API]") ? "\n" + apiOptions(text) : ""))
                .orElse(text);
    }

    /** The last part of the help: options that many commands have. */
    private static String apiOptions(String text) {
        return text.substring(text.indexOf("[API]\n")).indent(0);
    }
}
