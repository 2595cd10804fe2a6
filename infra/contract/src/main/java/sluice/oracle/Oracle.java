package sluice.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.inject.Injector;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.ANTLRInputStream;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.apache.druid.indexing.common.task.Task;
import org.apache.druid.indexing.overlord.supervisor.SupervisorSpec;
import org.apache.druid.math.expr.ExprMacroTable;
import org.apache.druid.math.expr.Parser;
import org.apache.druid.math.expr.antlr.ExprLexer;
import org.apache.druid.math.expr.antlr.ExprParser;
import org.apache.druid.server.coordinator.DataSourceCompactionConfig;
import org.apache.druid.server.coordinator.rules.Rule;

/**
 * Says what a real Overlord would answer. One JSON object per line on standard input, {@code {"kind": "task", "text":
 * "..."}}, and one per line back: {@code {"ok": true, "dropped": ["/spec/x"], "changed": ["/a: 1 -> 2"], "fails": "..."}}
 * or {@code {"ok": false, "error": "..."}}.
 *
 * <p>{@code dropped}: places of the input that have no effect at all: Druid's own writing of what it has read lacks them,
 * and stays the same when they are taken out of the input. {@code changed}: places whose value came back as another.
 * {@code fails}: what the task would stumble over when it runs. With {@code "write": true} the answer has Druid's own
 * writing of what it has read as {@code written}, defaults and all.
 */
public final class Oracle {
    private static final Map<String, Class<?>> KINDS = Map.of(
            "task", Task.class,
            "supervisor", SupervisorSpec.class,
            "compactionConfig", DataSourceCompactionConfig.class);

    private final ObjectMapper druid;
    private final ObjectMapper plain = new ObjectMapper();
    private final ExprMacroTable macros;

    private Oracle(Injector injector) {
        this.druid = DruidMapper.of(injector);
        this.macros = injector.getInstance(ExprMacroTable.class);
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        System.setOut(System.err); // Druid may print; only answers go to standard output
        Oracle oracle = new Oracle(DruidMapper.injector());
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            answers.println(oracle.answer(oracle.plain.readTree(line)));
            if (!questions.ready()) {
                answers.flush();
            }
        }
        answers.flush();
        System.exit(0); // Druid's injector leaves threads behind
    }

    private ObjectNode answer(JsonNode question) {
        String kind = question.path("kind").asText();
        String text = question.path("text").asText();
        ObjectNode answer = plain.createObjectNode();
        try {
            if (kind.equals("expression")) {
                syntax(text);
                Parser.parse(text, macros);
                return answer.put("ok", true);
            }
            Object read = read(kind, text);
            if (read == null) {
                return answer.put("ok", false).put("error", "null");
            }
            answer.put("ok", true);
            report(kind, plain.readTree(text), read, answer);
            if (question.path("write").asBoolean()) {
                answer.set("written", written(kind, read));
            }
        } catch (JsonProcessingException refused) {
            answer.put("ok", false).put("error", String.valueOf(refused.getOriginalMessage()));
        } catch (RuntimeException | StackOverflowError refused) {
            answer.put("ok", false).put("error", String.valueOf(refused));
        }
        return answer;
    }

    /** Druid's own grammar without ANTLR's guesses: Druid's parser leaves out what it cannot place and goes on. */
    private static void syntax(String text) {
        BaseErrorListener strict = new BaseErrorListener() {
            @Override
            public void syntaxError(
                    Recognizer<?, ?> recognizer,
                    Object symbol,
                    int line,
                    int column,
                    String message,
                    RecognitionException e) {
                throw new IllegalArgumentException("Failed to parse: " + message);
            }
        };
        ExprLexer lexer = new ExprLexer(new ANTLRInputStream(text));
        lexer.removeErrorListeners();
        lexer.addErrorListener(strict);
        ExprParser parser = new ExprParser(new CommonTokenStream(lexer));
        parser.removeErrorListeners();
        parser.addErrorListener(strict);
        parser.start();
    }

    private Object read(String kind, String text) throws JsonProcessingException {
        if (kind.equals("rules")) {
            return druid.readValue(text, druid.getTypeFactory().constructCollectionType(List.class, Rule.class));
        }
        return druid.readValue(text, KINDS.get(kind));
    }

    private void report(String kind, JsonNode input, Object read, ObjectNode answer) throws JsonProcessingException {
        ArrayNode dropped = answer.putArray("dropped");
        ArrayNode changed = answer.putArray("changed");
        JsonNode written = written(kind, read);
        Difference difference = Difference.between(input, written);
        for (String pointer : difference.absent()) {
            if (hasNoEffect(kind, input, pointer)) {
                dropped.add(pointer);
            }
        }
        difference.changed().forEach(changed::add);
        String fails = RunTime.failureOf(read);
        if (fails != null) {
            answer.put("fails", fails);
        }
    }

    private JsonNode written(String kind, Object read) throws JsonProcessingException {
        JsonNode written = kind.equals("rules")
                ? plain.readTree(druid.writerFor(druid.getTypeFactory().constructCollectionType(List.class, Rule.class))
                        .writeValueAsString(read))
                : plain.readTree(druid.writeValueAsString(read));
        if (written instanceof ObjectNode object) {
            object.remove("id"); // made up by Druid where none was given
            object.remove("groupId");
            object.remove("resource");
        }
        return written;
    }

    private boolean hasNoEffect(String kind, JsonNode input, String pointer) throws JsonProcessingException {
        if (List.of("/id", "/groupId", "/resource").contains(pointer)) {
            return false;
        }
        int slash = pointer.lastIndexOf('/');
        String key = pointer.substring(slash + 1).replace("~1", "/").replace("~0", "~");
        JsonNode before = written(kind, read(kind, input.toString()));
        JsonNode without = input.deepCopy();
        ObjectNode parent = (ObjectNode) without.at(pointer.substring(0, slash));
        JsonNode value = parent.remove(key);
        if (differs(kind, without, before)) {
            return false;
        }
        parent.set(key, another(value));
        return !differs(kind, without, before);
    }

    private boolean differs(String kind, JsonNode input, JsonNode before) {
        try {
            return !before.equals(written(kind, read(kind, input.toString())));
        } catch (JsonProcessingException needed) {
            return true;
        }
    }

    /** Druid leaves some fields out of its writing that have their default: with another value those show up. */
    private JsonNode another(JsonNode value) {
        if (value.isBoolean()) {
            return plain.getNodeFactory().booleanNode(!value.booleanValue());
        }
        if (value.isNumber()) {
            return plain.getNodeFactory().numberNode(value.longValue() + 1);
        }
        return value.isArray()
                ? plain.createArrayNode().add("x")
                : plain.getNodeFactory().textNode("x");
    }
}
