package sluice.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The diagram of states in docs/architecture.md shows exactly the moves that compile. */
class RunStateDiagramTest {

    private static final Path PAGE = Path.of("docs/architecture.md");

    @Test
    void theDiagramHasEveryLegalMoveAndNoOther() throws IOException {
        // Given
        String page = Files.readString(PAGE);
        String begin = "```mermaid\nstateDiagram-v2\n";

        // When
        String diagram = page.substring(page.indexOf(begin) + begin.length());
        List<String> drawn = diagram.substring(0, diagram.indexOf("```"))
                .lines()
                .map(String::strip)
                .filter(line -> line.contains("-->"))
                .toList();

        // Then
        assertThat(drawn)
                .as("lines of the diagram; the right ones are:%n%s", String.join("\n", moves()))
                .containsExactlyInAnyOrderElementsOf(moves());
    }

    private static List<String> moves() {
        List<String> moves = new ArrayList<>(List.of("[*] --> Planned"));
        for (Class<?> state : states(RunState.class).toList()) {
            new TreeSet<>(Stream.of(state.getMethods())
                            .map(Method::getReturnType)
                            .filter(RunState.class::isAssignableFrom)
                            .filter(Class::isRecord)
                            .filter(next -> !next.equals(state))
                            .map(Class::getSimpleName)
                            .collect(Collectors.toSet()))
                    .forEach(next -> moves.add(state.getSimpleName() + " --> " + next));
        }
        return moves;
    }

    private static Stream<Class<?>> states(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Stream.of(type.getPermittedSubclasses()).flatMap(RunStateDiagramTest::states);
    }
}
