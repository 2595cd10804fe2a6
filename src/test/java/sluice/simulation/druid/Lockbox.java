package sluice.simulation.druid;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sluice.core.batch.TimeChunk;

/**
 * The overlord's locks on time chunks. A request waits for locks of the same or a higher priority that do not go with
 * it, and revokes those of lower priority ({@code org.apache.druid.indexing.overlord.TaskLockbox}).
 */
final class Lockbox {

    /** The version of append locks: what they write joins the version that is there. */
    static final String EPOCH = "1970-01-01T00:00:00.000Z";

    private static final DateTimeFormatter VERSION = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final List<HeldLock> locks = new ArrayList<>();
    private Instant newest = Instant.MIN;

    Lockbox(Clock clock) {
        this.clock = clock;
    }

    /** Takes locks on all chunks, or on none. What was revoked for it stays revoked. */
    boolean acquire(String taskId, TaskSpec spec, Collection<TimeChunk> chunks) {
        for (TimeChunk chunk : chunks) {
            if (!acquire(taskId, spec, chunk)) {
                release(taskId);
                return false;
            }
        }
        return true;
    }

    private boolean acquire(String taskId, TaskSpec spec, TimeChunk chunk) {
        LockType type = spec.lockType();
        List<HeldLock> incompatible = locks.stream()
                .filter(lock -> !lock.revoked()
                        && !lock.taskId().equals(taskId)
                        && lock.overlaps(spec.datasource(), chunk)
                        && !lock.allows(type, chunk))
                .toList();
        if (incompatible.stream().anyMatch(lock -> lock.priority() >= spec.priority())) {
            return false;
        }
        boolean held = locks.stream()
                .anyMatch(lock -> lock.taskId().equals(taskId) && lock.chunk().equals(chunk));
        if (!held) {
            locks.replaceAll(lock -> incompatible.contains(lock) ? lock.asRevoked() : lock);
            String version = type == LockType.APPEND ? EPOCH : nextVersion();
            locks.add(new HeldLock(taskId, spec.datasource(), chunk, type, version, spec.priority(), false));
        }
        return true;
    }

    /** The lock that a task holds over a chunk, revoked or not. */
    Optional<HeldLock> over(String taskId, TimeChunk chunk) {
        return locks.stream()
                .filter(lock -> lock.taskId().equals(taskId) && Timeline.contains(lock.chunk(), chunk))
                .findFirst();
    }

    /** Whether a lock of the task was revoked, so that it cannot publish. */
    boolean hasRevoked(String taskId) {
        return locks.stream().anyMatch(lock -> lock.taskId().equals(taskId) && lock.revoked());
    }

    /** Locks of replacing tasks, other than this one, beside which rows were appended to the chunk. */
    List<HeldLock> replacing(String datasource, TimeChunk chunk, String butNot) {
        return locks.stream()
                .filter(lock -> lock.type() == LockType.REPLACE
                        && !lock.revoked()
                        && !lock.taskId().equals(butNot)
                        && lock.datasource().equals(datasource)
                        && Timeline.contains(lock.chunk(), chunk))
                .toList();
    }

    List<HeldLock> active(String datasource) {
        return locks.stream()
                .filter(lock -> !lock.revoked() && lock.datasource().equals(datasource))
                .toList();
    }

    void release(String taskId) {
        locks.removeIf(lock -> lock.taskId().equals(taskId));
    }

    /** The present time; a millisecond later than the version before where that is not yet past. */
    private String nextVersion() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        newest = now.isAfter(newest) ? now : newest.plusMillis(1);
        return VERSION.format(newest);
    }
}
