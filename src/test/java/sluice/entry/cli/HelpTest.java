package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HelpTest {

    private static final Pattern EXAMPLE = Pattern.compile("Example: sluice (.*)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @ParameterizedTest
    @EnumSource
    void everyCommandHasASectionOfItsOwn(Command command) {
        // When
        String help = Help.about(List.of(command.word(), "--help"));

        // Then
        assertThat(help).startsWith("sluice " + command.word() + " ").isNotEqualTo(Help.overview());
    }

    @ParameterizedTest
    @EnumSource
    void theSectionNamesTheOptionsThatThereAre(Command command) {
        // Given
        Set<String> known = new TreeSet<>(command.options());
        known.addAll(command.flags());

        // When
        Set<String> named = new TreeSet<>();
        Pattern.compile("--[a-z-]+")
                .matcher(Help.about(List.of("help", command.word())).split("Example: ")[0])
                .results()
                .forEach(option -> named.add(option.group()));
        if (command.options().contains("--url")) {
            named.addAll(Set.of("--url", "--region", "--no-sign"));
        }

        // Then
        assertThat(named).isEqualTo(known);
    }

    @ParameterizedTest
    @EnumSource
    void theExampleIsACommandLineThatIsUnderstood(Command command) throws UsageException {
        // Given
        Matcher example = EXAMPLE.matcher(Help.about(List.of(command.word(), "--help")));
        assertThat(example.find()).isTrue();
        List<String> words = new ArrayList<>();
        WORD.matcher(example.group(1).split(" > ")[0])
                .results()
                .forEach(word -> words.add(word.group(1) == null ? word.group(2) : word.group(1)));

        // When
        Arguments arguments = Arguments.parse(command, words.subList(1, words.size()));

        // Then
        assertThat(words.get(0)).isEqualTo(command.word());
        assertThat(arguments.operands().size() + arguments.options().size()).isPositive();
    }
}
