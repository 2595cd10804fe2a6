package sluice.core.contract;

import java.util.Set;

/** The columns that an expression of Druid's language may read. */
public final class ExpressionIdentifiers {

    private ExpressionIdentifiers() {}

    /**
     * Every identifier that is not a function's name; names of lambda arguments are among them. Of a text that is no
     * expression, none.
     */
    public static Set<String> of(String expression) {
        try {
            return new ExpressionTokens(expression).identifiers();
        } catch (Expression.Malformed malformed) {
            return Set.of();
        }
    }
}
