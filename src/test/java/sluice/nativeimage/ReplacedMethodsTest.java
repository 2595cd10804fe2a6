package sluice.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replaced methods are still there, and still do what they did when their replacements were written. The builder of the
 * executable looks for the first only, and takes minutes. With {@code -Dsluice.native.plain} nothing is replaced, so
 * nothing is held against the libraries: an update never waits for a replacement.
 */
@DisabledIfSystemProperty(named = "sluice.native.plain", matches = ".*")
class ReplacedMethodsTest {

    /** A method's class, name and descriptor, a space, and {@link MethodBody#digest()}; one a line. */
    private static final String BODIES = "/replaced-methods.txt";

    @ParameterizedTest
    @MethodSource("members")
    void whatIsReplacedOrUsedIsThere(Class<?> replacement, Member member) {
        assertThatCode(() -> ReplacedMembers.original(replacement, member)).doesNotThrowAnyException();
    }

    @Test
    void aReplacedMethodDoesWhatItDidWhenItsReplacementWasWritten() throws IOException {
        // Given
        Map<String, String> recorded = recorded();

        // When
        Map<String, String> present = present();

        // Then
        assertThat(present)
                .as(
                        "Read the changed method, adapt or remove its replacement, and write the new digest to src/test/resources"
                                + BODIES + "; or build with -Dsluice.native.plain")
                .containsExactlyInAnyOrderEntriesOf(recorded);
    }

    static Stream<Arguments> members() {
        return ReplacedMembers.replacements().stream()
                .flatMap(replacement ->
                        ReplacedMembers.members(replacement).stream().map(member -> Arguments.of(replacement, member)));
    }

    /** Of the libraries; the JDK that runs this test is not the one of the executable. */
    private static Map<String, String> present() {
        Map<String, String> bodies = new TreeMap<>();
        for (Class<?> replacement : ReplacedMembers.replacements()) {
            for (Executable method : ReplacedMembers.replaced(replacement)) {
                if (method.getDeclaringClass().getClassLoader() != null) {
                    MethodBody body = new MethodBody(method);
                    bodies.put(body.name(), body.digest());
                }
            }
        }
        return bodies;
    }

    private static Map<String, String> recorded() throws IOException {
        Map<String, String> bodies = new TreeMap<>();
        try (InputStream lines = ReplacedMethodsTest.class.getResourceAsStream(BODIES)) {
            new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" "))
                    .forEach(parts -> bodies.put(parts[0], parts[1]));
        }
        return bodies;
    }
}
