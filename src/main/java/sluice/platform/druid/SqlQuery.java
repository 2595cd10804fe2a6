package sluice.platform.druid;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** A Druid SQL query. Its values are parameters and never part of the statement. */
record SqlQuery(String statement, List<String> parameters) {

    SqlQuery {
        parameters = List.copyOf(parameters);
    }

    static SqlQuery of(String statement) {
        return new SqlQuery(statement, List.of());
    }

    SqlQuery with(String value) {
        return withAll(List.of(value));
    }

    SqlQuery withAll(Collection<String> values) {
        List<String> all = new ArrayList<>(parameters);
        all.addAll(values);
        return new SqlQuery(statement, all);
    }

    /** {@code (?, ?, ?)}. */
    static String places(int count) {
        return "(" + String.join(", ", Collections.nCopies(count, "?")) + ")";
    }

    /** Quotes an identifier, so that a statement can contain any datasource or column name. */
    static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    String json() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("query", statement);
        ArrayNode values = body.putArray("parameters");
        parameters.forEach(value -> values.addObject().put("type", "VARCHAR").put("value", value));
        return body.toString();
    }
}
