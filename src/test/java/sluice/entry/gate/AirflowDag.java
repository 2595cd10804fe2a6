package sluice.entry.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sluice.simulation.Beans;

/**
 * The DAG of {@code docs/airflow.md}, read from the page. Its tasks make the calls that the operators of Airflow's HTTP provider
 * make of these arguments. What its own functions do with an answer is read from them as far as it is a path into the answer.
 */
final class AirflowDag {

    private static final Pattern BLOCK = Pattern.compile("```python\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TASK = Pattern.compile("(\\w+) = (HttpOperator|HttpSensor)\\(");
    private static final Pattern RESULT =
            Pattern.compile("def run_id\\(response\\):\\n    return response.json\\(\\)(.*)\\n");
    private static final Pattern STEP = Pattern.compile("\\[\"?(\\w+)\"?]");
    private static final Pattern READ = Pattern.compile("outcome\\[['\"](\\w+)['\"]]");
    private static final Pattern CHAIN = Pattern.compile("    (load >> .*)\\n");

    private final String source;
    private final Map<String, Task> tasks = new LinkedHashMap<>();

    /** One task. */
    record Task(boolean sensor, Map<String, Object> arguments) {

        boolean is(String argument, Object value) {
            return value.equals(arguments.get(argument));
        }
    }

    AirflowDag() {
        Matcher block = BLOCK.matcher(page());
        if (!block.find()) {
            throw new IllegalStateException("docs/airflow.md has no Python");
        }
        source = block.group(1);
        TASK.matcher(source)
                .results()
                .forEach(task -> tasks.put(
                        task.group(1),
                        new Task(
                                task.group(2).equals("HttpSensor"),
                                new PythonLiterals(source, task.end()).arguments())));
    }

    Map<String, Task> tasks() {
        return tasks;
    }

    /** The order of the tasks, such as {@code load >> ended}. */
    String chain() {
        return only(CHAIN);
    }

    /** The fields of an outcome that the DAG reads. */
    Iterable<String> fieldsOfAnOutcome() {
        return READ.matcher(source).results().map(field -> field.group(1)).collect(Collectors.toSet());
    }

    /** What the task {@code load} hands to the others: the id of the run in the answer to the order. */
    String runId(InMemoryGate.Reply order) {
        JsonNode value = order.json();
        Matcher step = STEP.matcher(only(RESULT));
        while (step.find()) {
            value = value.isArray() ? value.path(Integer.parseInt(step.group(1))) : value.path(step.group(1));
        }
        return value.asText();
    }

    /** Makes the call of a task. */
    InMemoryGate.Reply call(String task, ApiCalls api, Map<String, String> templates) {
        Map<String, Object> arguments = tasks.get(task).arguments();
        Map<String, String> headers = new LinkedHashMap<>();
        if (arguments.get("headers") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> headers.put((String) name, rendered((String) value, templates)));
        }
        String method = tasks.get(task).sensor() ? "GET" : (String) arguments.get("method");
        Object data = arguments.get("data");
        return api.call(
                method,
                "/" + rendered((String) arguments.get("endpoint"), templates),
                headers,
                data == null ? null : rendered(json(data), templates));
    }

    private static String rendered(String text, Map<String, String> templates) {
        String rendered = text;
        for (Map.Entry<String, String> template : templates.entrySet()) {
            rendered = rendered.replace("{{ " + template.getKey() + " }}", template.getValue());
        }
        if (rendered.contains("{{")) {
            throw new IllegalArgumentException("No value for a template of: " + rendered);
        }
        return rendered;
    }

    private String only(Pattern pattern) {
        Matcher matcher = pattern.matcher(source);
        if (!matcher.find()) {
            throw new IllegalStateException("The DAG has no " + pattern);
        }
        return matcher.group(1);
    }

    private static String json(@Nullable Object value) {
        try {
            return Beans.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static String page() {
        try {
            return Files.readString(Path.of("docs/airflow.md"));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
