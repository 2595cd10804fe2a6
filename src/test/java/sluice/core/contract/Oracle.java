package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Druid's own deserialiser in a process of its own: what would a real Overlord of that version answer? All tests of a JVM ask
 * one process of each version, which takes seconds to start. It ends with this JVM, because its input ends then.
 */
public final class Oracle {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, Oracle> STARTED = new ConcurrentHashMap<>();

    private final BufferedWriter questions;
    private final BufferedReader answers;

    /**
     * @param accepted whether Druid takes the document
     * @param error its words where it does not
     * @param dropped places that have no effect
     * @param changed places whose value Druid replaces
     * @param fails what the task would fail with when it runs, or null
     */
    record Answer(boolean accepted, String error, List<String> dropped, List<String> changed, String fails) {
        boolean keptWhole() {
            return accepted && dropped.isEmpty() && changed.isEmpty() && fails == null;
        }

        boolean refused() {
            return !accepted || fails != null;
        }
    }

    private Oracle(Process process) {
        questions = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The oracle of a version of Druid, such as 33. */
    public static Oracle of(String druid) {
        return STARTED.computeIfAbsent(druid, version -> {
            try {
                return new Oracle(
                        DruidJars.program(version, "sluice.oracle.Oracle").start());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }

    /** @param kind task, supervisor, compactionConfig, rules or expression */
    Answer ask(String kind, String text) throws IOException {
        JsonNode answer = ask(Map.of("kind", kind, "text", text));
        return new Answer(
                answer.path("ok").booleanValue(),
                answer.path("error").asText(null),
                texts(answer.path("dropped")),
                texts(answer.path("changed")),
                answer.path("fails").asText(null));
    }

    /**
     * Druid's own writing of what it has read, defaults and all, as its API returns it.
     *
     * @throws IllegalArgumentException where Druid does not take the document
     */
    public JsonNode written(String kind, String text) throws IOException {
        JsonNode answer = ask(Map.of("kind", kind, "text", text, "write", true));
        if (!answer.path("ok").booleanValue()) {
            throw new IllegalArgumentException(answer.path("error").asText());
        }
        return answer.path("written");
    }

    /** Druid's words where it does not take the document; empty where it does. */
    public String error(String kind, String text) throws IOException {
        return ask(Map.of("kind", kind, "text", text)).path("error").asText();
    }

    private synchronized JsonNode ask(Map<String, Object> question) throws IOException {
        questions.write(MAPPER.writeValueAsString(question));
        questions.newLine();
        questions.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the oracle has ended");
        }
        return MAPPER.readTree(line);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(entry -> texts.add(entry.asText()));
        return texts;
    }
}
