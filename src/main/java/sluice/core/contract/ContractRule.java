package sluice.core.contract;

/**
 * Checks fields together and reports what Druid would refuse, lose or interpret differently from its author's
 * intention.
 */
@FunctionalInterface
interface ContractRule {
    void check(SpecView spec, FindingCollector findings);
}
