package sluice.core.contract;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Parses Druid's expression language (math/expr/antlr/Expr.g4) far enough to tell whether Druid's parser accepts a
 * text: operators with operands, calls of known functions, lambdas as first arguments of apply functions, literals and
 * identifiers. It evaluates nothing.
 */
final class Expression {
    /** Druid's own parser recurses, too: it fails with a StackOverflowError some levels later. */
    private static final int DEEPEST = 500;

    private final ExpressionTokens tokens;
    private final Set<String> functions;
    private int depth;

    private Expression(String text, Set<String> functions) throws Malformed {
        this.tokens = new ExpressionTokens(text);
        this.functions = functions;
    }

    /** Why Druid would not accept the expression. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean unknownFunction;

        Malformed(String message, boolean unknownFunction) {
            super(message);
            this.unknownFunction = unknownFunction;
        }

        /** Says what is wrong; never null. */
        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }

        /** Returns true if the message is the name of a function that Druid does not have. */
        boolean unknownFunction() {
            return unknownFunction;
        }
    }

    /** Returns normally if Druid would accept the expression. */
    static void check(String text, Set<String> functions) throws Malformed {
        Expression expression = new Expression(text, functions);
        expression.binary();
        if (!expression.tokens.atEnd()) {
            throw new Malformed("'" + expression.tokens.current() + "' is not expected there", false);
        }
    }

    /** Operands between operators. Precedence does not matter for whether the text can be parsed. */
    private void binary() throws Malformed {
        depth++;
        if (depth > DEEPEST) {
            throw new Malformed("it is nested more than " + DEEPEST + " levels deep", false);
        }
        operand();
        while (tokens.takeBinaryOperator()) {
            operand();
        }
        depth--;
    }

    private void operand() throws Malformed {
        while (tokens.take("-") || tokens.take("!")) {
            // Any number of signs may precede an operand.
        }
        if (tokens.take("(")) {
            binary();
            tokens.expect(")");
        } else if (tokens.take("[")) {
            literals("]");
        } else if (tokens.takeTypedArray()) {
            literals("]");
        } else if (tokens.takeLiteral()) {
            return;
        } else {
            String name = tokens.identifier();
            if (tokens.take("(")) {
                call(name);
            }
        }
    }

    private void literals(String end) throws Malformed {
        if (tokens.take(end)) {
            return;
        }
        do {
            tokens.take("-");
            if (!tokens.takeLiteral()) {
                throw new Malformed("a list can hold only literals, not '" + tokens.current() + "'", false);
            }
        } while (tokens.take(","));
        tokens.expect(end);
    }

    private void call(String name) throws Malformed {
        if (tokens.isQuotedBefore()) {
            throw new Malformed("a function's name is not quoted: " + name, false);
        }
        if (!functions.contains(name.toLowerCase(Locale.ROOT))) {
            throw new Malformed(name, true);
        }
        if (tokens.take(")")) {
            return;
        }
        do {
            if (tokens.takeLambdaHead()) {
                binary();
            } else {
                binary();
            }
        } while (tokens.take(","));
        tokens.expect(")");
    }
}
