package sluice.platform.metric;

/**
 * The metrics, by the name that CloudWatch shows. {@code docs/operations.md} says what each means and which alarm watches it.
 */
public enum Metric {
    RUNS_AVAILABLE("RunsAvailable", Unit.COUNT),
    RUNS_FAILED("RunsFailed", Unit.COUNT),
    RUNS_REFUSED("RunsRefused", Unit.COUNT),
    RUNS_TIMED_OUT("RunsTimedOut", Unit.COUNT),
    RUNS_CANCELLED("RunsCancelled", Unit.COUNT),
    RUNS_SUPERSEDED("RunsSuperseded", Unit.COUNT),
    RUNS_ROLLED_BACK("RunsRolledBack", Unit.COUNT),
    RUNS_UNSUCCESSFUL("RunsUnsuccessful", Unit.COUNT),
    TIME_TO_AVAILABLE("TimeToAvailable", Unit.SECONDS),
    ROWS_READ("RowsRead", Unit.COUNT),
    ROWS_UNPARSEABLE("RowsUnparseable", Unit.COUNT),
    ROWS_THROWN_AWAY("RowsThrownAway", Unit.COUNT),
    DUE_ITEMS("DueItems", Unit.COUNT),
    OLDEST_DUE_AGE("OldestDueAge", Unit.SECONDS),
    ITEMS_LEFT_OVER("ItemsLeftOver", Unit.COUNT),
    OUTBOX_AGE("OutboxAge", Unit.SECONDS),
    DRUID_CALLS("DruidCalls", Unit.COUNT),
    DRUID_ERRORS("DruidErrors", Unit.COUNT),
    OUTAGE_AGE("OutageAge", Unit.SECONDS),
    SUPERVISORS_UNHEALTHY("SupervisorsUnhealthy", Unit.COUNT),
    SUPERVISOR_LAG("SupervisorLag", Unit.COUNT),
    DEFINITIONS_MISALIGNED("DefinitionsMisaligned", Unit.COUNT),
    DEFINITIONS_DRIFTED("DefinitionsDrifted", Unit.COUNT),
    COMPACTIONS_STALLED("CompactionsStalled", Unit.COUNT),
    SWEEPS_REFUSED("SweepsRefused", Unit.COUNT),
    LAST_SWEEP_AGE("LastSweepAge", Unit.SECONDS),
    BACKFILL_IDLE_TIME("BackfillIdleTime", Unit.SECONDS),
    DATASOURCES_STALE("DatasourcesStale", Unit.COUNT),
    DATA_AGE("DataAge", Unit.SECONDS),
    DATA_AGE_OF_LIMIT("DataAgeOfLimit", Unit.PERCENT);

    /** The units that CloudWatch knows. */
    public enum Unit {
        COUNT("Count"),
        SECONDS("Seconds"),
        PERCENT("Percent");

        private final String wireName;

        Unit(String wireName) {
            this.wireName = wireName;
        }

        /** Returns the unit's name in CloudWatch. */
        public String wireName() {
            return wireName;
        }
    }

    private final String wireName;
    private final Unit unit;

    Metric(String wireName, Unit unit) {
        this.wireName = wireName;
        this.unit = unit;
    }

    /** Returns the metric's name in CloudWatch. */
    public String wireName() {
        return wireName;
    }

    public Unit unit() {
        return unit;
    }
}
