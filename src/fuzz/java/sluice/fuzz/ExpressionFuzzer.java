package sluice.fuzz;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import sluice.core.contract.Contract;
import sluice.core.contract.ExpressionIdentifiers;

/** Parses any text as an expression. Nothing throws. */
public final class ExpressionFuzzer {

    private static final Contract CONTRACT = Contract.forDruid("33");

    private ExpressionFuzzer() {}

    public static void fuzzerInitialize() {
        Inputs.warmUp(ExpressionFuzzer.class, ExpressionFuzzer::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        String expression = Inputs.text(data);
        ExpressionIdentifiers.of(expression);
        ObjectNode task = JsonNodeFactory.instance.objectNode().put("type", "index_parallel");
        task.withObject("/spec/dataSchema/transformSpec")
                .putArray("transforms")
                .addObject()
                .put("type", "expression")
                .put("name", "a")
                .put("expression", expression);
        CONTRACT.check(task);
    }
}
