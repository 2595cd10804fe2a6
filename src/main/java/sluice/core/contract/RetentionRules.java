package sluice.core.contract;

import java.util.List;

/** Checks the order of load and drop rules: the first one that matches a segment counts (apache/druid #13080). */
final class RetentionRules {
    private RetentionRules() {}

    /** A rule that leaves the future out passes it on to the next, which may drop it. */
    static void future(SpecView spec, FindingCollector findings) {
        SpecNode first = null;
        for (SpecNode rule : spec.kind().equals("rules") ? spec.document().entries() : List.<SpecNode>of()) {
            String type = String.valueOf(rule.type());
            boolean covers = type.endsWith("Forever")
                    || type.endsWith("ByPeriod")
                            && rule.get("includeFuture").node().asBoolean(true);
            if (!covers && (type.equals("loadByPeriod") || type.equals("broadcastByPeriod")) && first == null) {
                first = rule;
            } else if (covers) {
                if (first != null && type.startsWith("drop")) {
                    findings.add(
                            ContractCode.FUTURE_DROPPED,
                            first.get("includeFuture"),
                            "includeFuture is false, and a later rule drops what is in the future",
                            "includeFuture: true, which is the default",
                            "leave it out");
                }
                return;
            }
        }
    }

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
