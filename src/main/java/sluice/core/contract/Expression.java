package sluice.core.contract;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Reads Druid's expression language (math/expr/antlr/Expr.g4) far enough to say whether Druid's parser would take a
 * text: operators with their operands, calls of known functions, lambdas as first argument of apply functions, literals and
 * identifiers. Nothing is evaluated.
 */
final class Expression {
    private final ExpressionTokens tokens;
    private final Set<String> functions;

    private Expression(String text, Set<String> functions) throws Malformed {
        this.tokens = new ExpressionTokens(text);
        this.functions = functions;
    }

    /** Why Druid would not take the expression. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean unknownFunction;

        Malformed(String message, boolean unknownFunction) {
            super(message);
            this.unknownFunction = unknownFunction;
        }

        /** What is wrong, never null. */
        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }

        /** The name of a function that Druid does not have is the message then. */
        boolean unknownFunction() {
            return unknownFunction;
        }
    }

    /** Returns without a word where Druid would take it. */
    static void check(String text, Set<String> functions) throws Malformed {
        Expression expression = new Expression(text, functions);
        expression.binary();
        if (!expression.tokens.atEnd()) {
            throw new Malformed("'" + expression.tokens.current() + "' is not expected there", false);
        }
    }

    /** Operands between operators: which binds closer makes no difference to whether it can be read. */
    private void binary() throws Malformed {
        operand();
        while (tokens.takeBinaryOperator()) {
            operand();
        }
    }

    private void operand() throws Malformed {
        while (tokens.take("-") || tokens.take("!")) {
            // signs before an operand, as many as one likes
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
