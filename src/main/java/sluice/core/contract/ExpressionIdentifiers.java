package sluice.core.contract;

import java.util.Set;

/** The columns that an expression in Druid's language may read. */
public final class ExpressionIdentifiers {

    private ExpressionIdentifiers() {}

    /**
     * Returns every identifier that is not a function name, including the arguments of lambdas. Empty for a text that
     * is not an expression.
     */
    public static Set<String> of(String expression) {
        try {
            return new ExpressionTokens(expression).identifiers();
        } catch (Expression.Malformed malformed) {
            return Set.of();
        }
    }
}
