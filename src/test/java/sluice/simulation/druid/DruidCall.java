package sluice.simulation.druid;

/** A call to Druid, as a fault can hit it. */
public enum DruidCall {
    VERSION,
    WORKER_CAPACITY,
    WORKERS,
    AUTO_KILL,
    SUBMIT,
    FIND_TASK,
    STATUSES,
    REPORT,
    SHUTDOWN,
    LOCKS,
    SAMPLE,
    TASK_TABLE,
    USED_SEGMENTS,
    MARK_UNUSED,
    MARK_USED,
    SEGMENT_STATES,
    SEGMENT_TABLE,
    UNUSED_SEGMENTS,
    DATASOURCES,
    SUPERVISOR,
    POST_SUPERVISOR,
    TERMINATE_SUPERVISOR,
    MOVE_SUPERVISOR,
    RULES,
    POST_RULES,
    COMPACTION,
    POST_COMPACTION,
    DELETE_COMPACTION,
    COLUMNS,
    ROW_TOTALS;

    /** Whether the call changes something. */
    public boolean isWrite() {
        return switch (this) {
            case SUBMIT,
                    SHUTDOWN,
                    MARK_UNUSED,
                    MARK_USED,
                    POST_SUPERVISOR,
                    TERMINATE_SUPERVISOR,
                    MOVE_SUPERVISOR,
                    POST_RULES,
                    POST_COMPACTION,
                    DELETE_COMPACTION -> true;
            case VERSION,
                    WORKER_CAPACITY,
                    WORKERS,
                    AUTO_KILL,
                    FIND_TASK,
                    STATUSES,
                    REPORT,
                    LOCKS,
                    SAMPLE,
                    TASK_TABLE,
                    USED_SEGMENTS,
                    SEGMENT_STATES,
                    SEGMENT_TABLE,
                    UNUSED_SEGMENTS,
                    DATASOURCES,
                    SUPERVISOR,
                    RULES,
                    COMPACTION,
                    COLUMNS,
                    ROW_TOTALS -> false;
        };
    }
}
