package sluice.core.contract;

/** Looks at fields together and says what Druid would refuse, lose or do otherwise than meant. */
@FunctionalInterface
interface ContractRule {
    void check(SpecView spec, FindingCollector findings);
}
