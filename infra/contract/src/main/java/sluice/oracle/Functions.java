package sluice.oracle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.inject.Injector;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeSet;
import org.apache.druid.math.expr.ExprMacroTable;
import org.apache.druid.math.expr.Parser;

/** The names of all functions and macros that Druid's expression parser knows. */
final class Functions {
    private Functions() {}

    static ObjectNode of(Injector injector) {
        TreeSet<String> names =
                new TreeSet<>(byName(Parser.class, "FUNCTIONS", null).keySet());
        names.addAll(byName(ExprMacroTable.class, "macroMap", injector.getInstance(ExprMacroTable.class))
                .keySet());
        // map((x) -> x + 1, list) and its like: their first argument is a lambda.
        TreeSet<String> lambdaFunctions =
                new TreeSet<>(byName(Parser.class, "APPLY_FUNCTIONS", null).keySet());
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        ArrayNode functions = content.putArray("functions");
        names.forEach(functions::add);
        ArrayNode applyFunctions = content.putArray("applyFunctions");
        lambdaFunctions.forEach(applyFunctions::add);
        return content;
    }

    private static Map<String, ?> byName(Class<?> owner, String field, Object instance) {
        try {
            Field found = owner.getDeclaredField(field);
            found.setAccessible(true);
            @SuppressWarnings("unchecked")
            Map<String, ?> map = (Map<String, ?>) found.get(instance);
            return map;
        } catch (ReflectiveOperationException moved) {
            throw new IllegalStateException("Druid keeps its functions elsewhere now: " + owner + "." + field, moved);
        }
    }
}
