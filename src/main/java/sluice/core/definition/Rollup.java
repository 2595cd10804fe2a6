package sluice.core.definition;

/** Whether Druid combines rows with equal dimensions within one query granularity. */
public enum Rollup {
    ON,
    OFF,
    /** Decided from what the sampler and earlier runs measured. */
    AUTO
}
