package sluice.core.contract;

import java.util.HashSet;
import java.util.Set;

/** Checks transforms, and every expression in the document. */
final class ExpressionRules {
    private ExpressionRules() {}

    static void transforms(SpecView spec, FindingCollector findings) {
        Set<String> names = new HashSet<>();
        for (SpecNode transform :
                spec.dataSchema().get("transformSpec").get("transforms").entries()) {
            String name = transform.text("name");
            if (name != null && !names.add(name)) {
                findings.add(
                        ContractCode.TRANSFORM_TWICE, transform, "'" + name + "' occurs twice", "each name once", null);
            }
        }
    }

    static void expressions(SpecView spec, FindingCollector findings) {
        for (SpecNode place : spec.expressions()) {
            if (findings.has(ContractCode.EMPTY_AND_UNKNOWN, place.pointer())) {
                continue;
            }
            Set<String> known = spec.functions().names();
            try {
                Expression.check(place.node().textValue(), known);
            } catch (Expression.Malformed malformed) {
                if (malformed.unknownFunction()) {
                    String near = NearestWord.of(malformed.getMessage(), known);
                    findings.add(
                            ContractCode.FUNCTION_UNKNOWN,
                            place,
                            "there is no function '" + malformed.getMessage() + "'",
                            "a function of Druid's expression language",
                            near == null ? null : "did you mean '" + near + "'?");
                } else {
                    findings.add(
                            ContractCode.EXPRESSION_MALFORMED, place, malformed.getMessage(), "an expression", null);
                }
            }
        }
    }
}
