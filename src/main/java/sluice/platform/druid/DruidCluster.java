package sluice.platform.druid;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.core.contract.Contract;

/**
 * One Druid cluster, divided like Druid's services. Every call returns a typed answer or throws a {@link DruidException}.
 * Implementations retry, limit and time out their calls.
 */
public interface DruidCluster {

    /** The name that definitions use. */
    String name();

    /** The Druid version whose contract specs are checked against, as the environment sets it, or else as the cluster answers. */
    String contractVersion();

    /** The contract of that version, with the types of the cluster's own extensions. */
    default Contract contract() {
        return Contract.forDruid(contractVersion());
    }

    /** How the cluster's tasks read input objects. */
    ObjectAccess objectAccess();

    /** Address of the cluster's web console for people's browsers; empty if the environment hides it. */
    default Optional<URI> console() {
        return Optional.empty();
    }

    /** The outage of a cluster that does not answer and is not asked now; empty if it may be asked. Asks at most one probe. */
    Optional<Outage> outage();

    /** The version of the service at the cluster's address. */
    String version();

    /** The extensions that the service at the cluster's address has loaded, such as {@code druid-s3-extensions}. */
    Set<String> extensions();

    /** The number of tasks that the cluster can run at once, without autoscaling. */
    int workerCapacity();

    /** Start times, as Druid writes them, of the servers that run tasks, by name. */
    Map<String, String> workers();

    /** Tiers of the data servers that are up now. */
    Set<String> tiers();

    /** Whether Druid itself deletes unused segments: from its services' properties, or else from the environment. */
    AutoKill autoKill();

    /** The overlord's tasks and locks. */
    DruidTasks tasks();

    /** The brokers' table of running and recent tasks. */
    TaskTable taskTable();

    /** Which segments the metadata store marks used. */
    SegmentUsage segmentUsage();

    /** The segments that answer queries. */
    ServedSegments servedSegments();

    /** Inventory of used and unused segments, in pages. */
    SegmentCatalog segmentCatalog();

    /** Supervisors, rules and automatic compaction. */
    DatasourceSettings settings();

    /** Supervisors of streams while they run. */
    Streams streams();

    /** Queries of a datasource's rows and columns. */
    DatasourceQueries queries();
}
