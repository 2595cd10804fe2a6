package sluice.core.contract;

import java.util.HashSet;
import java.util.Set;

/** Transforms and every expression in the document. */
final class ExpressionRules {
    private ExpressionRules() {}

    static void transforms(Spec spec, FindingCollector findings) {
        Set<String> names = new HashSet<>();
        for (Section transform :
                spec.dataSchema().get("transformSpec").get("transforms").entries()) {
            String name = transform.text("name");
            if (name != null && !names.add(name)) {
                findings.add(Code.TRANSFORM_TWICE, transform, "'" + name + "' is there twice", "each name once", null);
            }
        }
    }

    static void expressions(Spec spec, FindingCollector findings) {
        for (Section place : spec.expressions()) {
            Set<String> known = spec.functions().names();
            try {
                Expression.check(place.node().textValue(), known);
            } catch (Expression.Malformed malformed) {
                if (malformed.unknownFunction()) {
                    String near = Nearest.of(malformed.getMessage(), known);
                    findings.add(
                            Code.FUNCTION_UNKNOWN,
                            place,
                            "there is no function '" + malformed.getMessage() + "'",
                            "a function of Druid's expression language",
                            near == null ? null : "did you mean '" + near + "'?");
                } else {
                    findings.add(Code.EXPRESSION_MALFORMED, place, malformed.getMessage(), "an expression", null);
                }
            }
        }
    }
}
