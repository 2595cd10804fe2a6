package sluice.platform.druid;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Supervisors of streams while they run: what they have read, and how they are paused and moved.
 *
 * @see <a href="https://druid.apache.org/docs/latest/api-reference/supervisor-api">Supervisor API</a>
 */
public interface Streams {

    /** What the supervisor says of itself, partition by partition; empty if there is none. */
    Optional<StreamStatus> status(String supervisor);

    /** How many messages its running tasks have read so far, and what became of them. */
    StreamCounts counts(String supervisor);

    /** Suspends it: its tasks publish what they have read, and end. One that is suspended stays so. */
    void suspend(String supervisor);

    /** Resumes it. One that is not suspended goes on. */
    void resume(String supervisor);

    /** Has the groups of tasks publish now what they have read; new tasks go on from there. Druid promises nothing. */
    void handOff(String supervisor, List<Integer> taskGroups);

    /** Forgets the offsets of all partitions, so that tasks begin where the spec says. */
    void reset(String supervisor);

    /**
     * Sets the offsets at which tasks go on.
     *
     * @param stream the topic that the supervisor reads
     * @param offsets by partition, as in {@link StreamStatus}
     * @return why Druid refuses it, or empty if it does not
     */
    Optional<String> resetOffsets(String supervisor, String type, String stream, Map<String, Long> offsets);
}
