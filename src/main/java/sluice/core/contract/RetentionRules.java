package sluice.core.contract;

import java.util.List;

/** Checks the order of load and drop rules: the first one that matches a segment counts (apache/druid #13080). */
final class RetentionRules {
    private RetentionRules() {}

    static void last(SpecView spec, FindingCollector findings) {
        List<SpecNode> rules = spec.document().entries();
        if (!spec.kind().equals("rules") || rules.isEmpty()) {
            return;
        }
        for (int index = 0; index < rules.size(); index++) {
            boolean always = String.valueOf(rules.get(index).type()).endsWith("Forever");
            if (always && index + 1 < rules.size()) {
                findings.add(
                        ContractCode.RULE_NEVER_REACHED,
                        rules.get(index + 1),
                        "the rule before it applies to every segment",
                        "a Forever rule last",
                        null);
                return;
            }
            if (!always && index + 1 == rules.size()) {
                findings.add(
                        ContractCode.NO_LAST_RULE,
                        rules.get(index),
                        "the last rule does not apply to every segment",
                        "loadForever or dropForever last",
                        null);
            }
        }
    }
}
