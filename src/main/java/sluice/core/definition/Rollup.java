package sluice.core.definition;

/** Whether Druid combines rows that have equal dimensions within one query granularity. */
public enum Rollup {
    ON,
    OFF,
    /** Decided by what the sampler and earlier runs measured. */
    AUTO
}
