package sluice.entry.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sluice.simulation.Beans;

/**
 * The state machine of {@code docs/step-functions.md}, read from the page, and as much of the Amazon States Language as it uses:
 * tasks that call an API with retries and catches, choices and ends. Anything else is an error.
 *
 * @see <a href="https://states-language.net/spec.html">Amazon States Language</a>
 */
final class StateMachine {

    private static final Pattern BLOCK = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern STEP = Pattern.compile("\\.(\\w+)|\\[(\\d+)]");
    private static final Pattern INTRINSIC = Pattern.compile("States\\.(Array|Format)\\((.*)\\)");
    private static final String TASK = "arn:aws:states:::apigateway:invoke";
    /** No execution of the page makes more transitions than this while a test waits. */
    private static final int MOST_TRIES = 2000;

    private final JsonNode definition;
    private final ApiCalls api;
    private final Runnable pause;
    private final Map<String, JsonNode> context = new HashMap<>();
    private final List<String> visited = new ArrayList<>();

    /** How an execution ended. */
    record End(boolean succeeded, String error, String cause, List<String> visited) {}

    /** @param pause what to do instead of waiting for a retry */
    StateMachine(ApiCalls api, Runnable pause) {
        this.definition = definition();
        this.api = api;
        this.pause = pause;
    }

    End run(String execution, ObjectNode input) {
        context.put(
                "Execution",
                Beans.MAPPER.createObjectNode().put("Name", execution).put("Id", "arn:" + execution));
        String state = definition.path("StartAt").asText();
        while (true) {
            visited.add(state);
            JsonNode current = definition.path("States").path(state);
            switch (current.path("Type").asText()) {
                case "Task" -> state = task(current, input);
                case "Choice" -> state = choice(current, input);
                case "Succeed" -> {
                    return new End(true, "", "", visited);
                }
                case "Fail" -> {
                    return new End(
                            false,
                            path(current.path("ErrorPath").asText(), input).asText(),
                            path(current.path("CausePath").asText(), input).asText(),
                            visited);
                }
                default -> throw new IllegalStateException("No state of a known type: " + state);
            }
        }
    }

    private String task(JsonNode state, ObjectNode input) {
        if (!state.path("Resource").asText().equals(TASK)) {
            throw new IllegalStateException("Unknown resource: " + state.path("Resource"));
        }
        Map<JsonNode, Integer> tries = new HashMap<>();
        for (int count = 0; count < MOST_TRIES; count++) {
            ObjectNode parameters = (ObjectNode) filled(state.path("Parameters"), input);
            InMemoryGate.Reply reply = call(parameters);
            if (reply.status() < 400) {
                JsonNode result = Beans.MAPPER
                        .createObjectNode()
                        .put("StatusCode", reply.status())
                        .set("ResponseBody", reply.json());
                put(state, input, state.has("ResultSelector") ? filled(state.path("ResultSelector"), result) : result);
                return state.path("Next").asText();
            }
            String error = "ApiGateway." + reply.status();
            JsonNode retry = first(state.path("Retry"), error);
            if (retry == null
                    || tries.merge(retry, 1, Integer::sum)
                            > retry.path("MaxAttempts").asInt()) {
                return caught(state, input, error, reply.text());
            }
            pause.run();
        }
        throw new AssertionError("The task was still not done after many tries: " + state.path("Parameters"));
    }

    private String caught(JsonNode state, ObjectNode input, String error, String cause) {
        JsonNode handler = first(state.path("Catch"), error);
        if (handler == null) {
            throw new AssertionError("The execution failed with " + error + ": " + cause);
        }
        put(handler, input, Beans.MAPPER.createObjectNode().put("Error", error).put("Cause", cause));
        return handler.path("Next").asText();
    }

    private InMemoryGate.Reply call(ObjectNode parameters) {
        Map<String, String> headers = new HashMap<>();
        parameters
                .path("Headers")
                .fields()
                .forEachRemaining(header ->
                        headers.put(header.getKey(), header.getValue().path(0).asText()));
        JsonNode body = parameters.get("RequestBody");
        return api.call(
                parameters.path("Method").asText(),
                parameters.path("Path").asText(),
                headers,
                body == null ? null : body.toString());
    }

    private static @Nullable JsonNode first(JsonNode rules, String error) {
        for (JsonNode rule : rules) {
            for (JsonNode name : rule.path("ErrorEquals")) {
                if (name.asText().equals(error) || name.asText().equals("States.ALL")) {
                    return rule;
                }
            }
        }
        return null;
    }

    private String choice(JsonNode state, ObjectNode input) {
        for (JsonNode rule : state.path("Choices")) {
            if (path(rule.path("Variable").asText(), input).equals(rule.path("BooleanEquals"))) {
                return rule.path("Next").asText();
            }
        }
        return state.path("Default").asText();
    }

    private static void put(JsonNode state, ObjectNode input, JsonNode result) {
        if (!state.path("ResultPath").isNull()) {
            input.set(state.path("ResultPath").asText().substring("$.".length()), result);
        }
    }

    private JsonNode filled(JsonNode template, JsonNode input) {
        if (!template.isObject()) {
            return template;
        }
        ObjectNode filled = Beans.MAPPER.createObjectNode();
        for (Iterator<Map.Entry<String, JsonNode>> fields = template.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (field.getKey().endsWith(".$")) {
                filled.set(
                        field.getKey().substring(0, field.getKey().length() - 2),
                        value(field.getValue().asText(), input));
            } else {
                filled.set(field.getKey(), filled(field.getValue(), input));
            }
        }
        return filled;
    }

    private JsonNode value(String expression, JsonNode input) {
        Matcher intrinsic = INTRINSIC.matcher(expression);
        if (!intrinsic.matches()) {
            return path(expression, input);
        }
        String[] arguments = intrinsic.group(2).split(", ");
        if (intrinsic.group(1).equals("Array")) {
            ArrayNode array = Beans.MAPPER.createArrayNode();
            for (String argument : arguments) {
                array.add(path(argument, input));
            }
            return array;
        }
        String text = arguments[0].substring(1, arguments[0].length() - 1);
        for (int index = 1; index < arguments.length; index++) {
            String argument = path(arguments[index], input).asText();
            text = text.replaceFirst("\\{}", Matcher.quoteReplacement(argument));
        }
        return Beans.MAPPER.getNodeFactory().textNode(text);
    }

    /** A path that leads nowhere is an error, as in Step Functions. */
    private JsonNode path(String path, JsonNode input) {
        boolean ofContext = path.startsWith("$$");
        JsonNode node = ofContext ? Beans.MAPPER.valueToTree(context) : input;
        Matcher step = STEP.matcher(path.substring(ofContext ? 2 : 1));
        while (step.find()) {
            node = step.group(1) == null ? node.path(Integer.parseInt(step.group(2))) : node.path(step.group(1));
        }
        if (node.isMissingNode()) {
            throw new AssertionError(path + " leads nowhere in " + input);
        }
        return node;
    }

    static JsonNode definition() {
        try {
            Matcher block = BLOCK.matcher(Files.readString(Path.of("docs/step-functions.md")));
            if (!block.find()) {
                throw new IllegalStateException("docs/step-functions.md has no JSON");
            }
            return Beans.MAPPER.readTree(block.group(1));
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("The definition of docs/step-functions.md is not JSON", exception);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
