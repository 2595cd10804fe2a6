package sluice.simulation.druid;

import sluice.core.batch.TimeChunk;

/**
 * A lock on a time chunk.
 *
 * @param version what is written under the lock has this version; newer locks have greater ones
 * @param revoked whether a task of higher priority has taken the chunk away; the holder cannot publish any more
 */
record HeldLock(
        String taskId,
        String datasource,
        TimeChunk chunk,
        LockType type,
        String version,
        int priority,
        boolean revoked) {

    HeldLock asRevoked() {
        return new HeldLock(taskId, datasource, chunk, type, version, priority, true);
    }

    boolean overlaps(String otherDatasource, TimeChunk other) {
        return datasource.equals(otherDatasource) && Timeline.overlaps(chunk, other);
    }

    /** Whether a task that asks for a lock of that type can have it beside this one. */
    boolean allows(LockType requested, TimeChunk other) {
        return switch (requested) {
            case EXCLUSIVE -> false;
            case SHARED -> type == LockType.SHARED;
            case APPEND -> type == LockType.APPEND || type == LockType.REPLACE && Timeline.contains(chunk, other);
            case REPLACE -> type == LockType.APPEND && Timeline.contains(other, chunk);
        };
    }
}
