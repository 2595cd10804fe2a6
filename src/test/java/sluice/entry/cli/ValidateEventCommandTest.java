package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateEventCommandTest {

    private static final String UNKNOWN =
            """
            {"specversion": "1.0", "id": "1", "source": "/sluice/default/poll", "type": "sluice.run.imagined",
             "subject": "main/wiki", "time": "2026-01-02T03:04:05Z", "datacontenttype": "application/json",
             "dataschema": "urn:sluice:event:sluice.run.imagined:1", "data": {}}
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private int run(String input, String... arguments) {
        return new Main(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of())
                .run(List.of(arguments));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void textNamesTheFileThePlaceAndThePointer() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("event.json"), UNKNOWN);

        // When
        int status = run("", "validate-event", file.toString());

        // Then
        assertThat(status).isEqualTo(1);
        assertThat(out()).startsWith(file + ":1:").contains(" error SLU-0403 ", "[/type]", "1 errors, 0 warnings");
    }

    @Test
    void jsonHasTheFindings() throws IOException {
        // When
        int status = run(UNKNOWN, "validate-event", "--format", "json", "-");

        // Then
        JsonNode finding = new ObjectMapper().readTree(out()).path(0);
        assertThat(status).isEqualTo(1);
        assertThat(finding.path("code").asText()).isEqualTo("SLU-0403");
        assertThat(finding.path("pointer").asText()).isEqualTo("/type");
        assertThat(finding.path("severity").asText()).isEqualTo("error");
    }

    @Test
    void anUnreadableFileDoesNotBlockTheOthers() {
        // When
        int status = run(UNKNOWN, "validate-event", "no-such-file.json", "-");

        // Then
        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no-such-file.json");
        assertThat(out()).contains("SLU-0403");
    }

    @Test
    void wrongUsageHasItsOwnStatus() {
        assertThat(run("", "validate-event")).isEqualTo(2);
        assertThat(run("", "validate-event", "--druid", "33", "-")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--druid", "validate-event --help");
    }

    /** {@code lint} runs in pre-commit hooks, so it must not load the validator: here it has none. */
    @Test
    void lintDoesNotNeedTheValidator() throws Exception {
        // Given
        Class<?> type = new WithoutValidator().loadClass(Main.class.getName());
        Constructor<?> constructor =
                type.getDeclaredConstructor(InputStream.class, PrintStream.class, PrintStream.class, Map.class);
        constructor.setAccessible(true);
        Method run = type.getDeclaredMethod("run", List.class);
        run.setAccessible(true);
        Object main = constructor.newInstance(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of());

        // When
        Object status = run.invoke(
                main, List.of("lint", "src/test/resources/contract/index-parallel.json", "infra/sandbox/definitions"));

        // Then
        assertThat(status).as(out() + err).isEqualTo(0);
        assertThat(type.getClassLoader()).isInstanceOf(WithoutValidator.class);
    }

    /** Defines Sluice's classes itself, and knows no JSON Schema validator. */
    private static final class WithoutValidator extends ClassLoader {
        WithoutValidator() {
            super(WithoutValidator.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.networknt.") || name.startsWith("sluice.entry.cli.event.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("sluice.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? defined(name) : loaded;
        }

        private Class<?> defined(String name) throws ClassNotFoundException {
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
