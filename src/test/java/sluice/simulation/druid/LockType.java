package sluice.simulation.druid;

/** Types of locks on time chunks ({@code org.apache.druid.indexing.common.TaskLockType}). */
enum LockType {
    EXCLUSIVE,
    SHARED,
    REPLACE,
    APPEND
}
