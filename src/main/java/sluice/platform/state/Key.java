package sluice.platform.state;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import sluice.core.batch.Feed;
import sluice.core.batch.ObjectVersion;
import sluice.core.batch.S3Location;

/**
 * Primary key of an item: every kind of item has its factory here.
 *
 * @param pk partition key
 * @param sk sort key
 */
public record Key(String pk, String sk) {

    public static final String PK = "pk";
    public static final String SK = "sk";

    /** The key of an item that was read. */
    public static Key of(Item item) {
        return new Key(item.text(PK).orElseThrow(), item.text(SK).orElseThrow());
    }

    /** The state of a run, small enough to read on every poll. */
    public static Key run(String runId) {
        return new Key("run#" + runId, "run");
    }

    /** A plan of a run: spec and objects, compressed. */
    public static Key plan(String runId, int plan) {
        return new Key("run#" + runId, "plan#" + plan);
    }

    /** A part of a text that is larger than an item. */
    public static Key part(String hash, long number) {
        return new Key("part#" + hash, ordinal(number));
    }

    /** Segment ids before and after an attempt of a run. */
    public static Key segmentMark(String runId, int attempt) {
        return new Key("rollback#" + runId, "attempt#" + attempt);
    }

    /** The right to write a time chunk. */
    public static Key lease(Feed feed, Instant chunkStart) {
        return new Key("lease#" + partition(feed), chunkStart.toString());
    }

    /** Objects that arrived for a time chunk and are not planned yet. */
    public static Key chunk(Feed feed, Instant chunkStart) {
        return new Key("chunk#" + partition(feed), chunkStart.toString());
    }

    /** An object that arrived for a time chunk as its n-th. */
    public static Key arrival(Feed feed, Instant chunkStart, long number) {
        return new Key(arrivals(feed, chunkStart), ordinal(number));
    }

    /** Partition key of the objects that arrived for a time chunk. */
    public static String arrivals(Feed feed, Instant chunkStart) {
        return "arrivals#" + partition(feed) + "#" + chunkStart;
    }

    /** Sort key of the n-th item of a kind, so that text order is the order of the numbers. */
    public static String ordinal(long number) {
        return String.format(Locale.ROOT, "%012d", number);
    }

    /** The ledger entry of an object version, for a datasource of a cluster. */
    public static Key object(ObjectVersion version, Feed feed) {
        return new Key(objectPartition(version.location()), version.etag() + "#" + partition(feed));
    }

    /** Partition key of all versions of an object. */
    public static String objectPartition(S3Location location) {
        return "object#" + location.bucket() + "/" + location.key();
    }

    /** Measurements of earlier runs of a datasource. */
    public static Key history(Feed feed) {
        return new Key("history#" + partition(feed), "loads");
    }

    /** Columns seen in files of a datasource. */
    public static Key columns(String datasource) {
        return new Key("columns#" + datasource, "seen");
    }

    /** Prefix of the sort keys of definition versions. */
    public static final String VERSION_PREFIX = "v#";

    /** Prefix of the sort keys of activations. */
    public static final String ACTIVATION_PREFIX = "activation#";

    /** A version of a definition. */
    public static Key definitionVersion(String datasource, int number) {
        return new Key("definition#" + datasource, VERSION_PREFIX + padded(number));
    }

    /** An activation: a move of the active pointer of a datasource. */
    public static Key activation(String datasource, int number) {
        return new Key("definition#" + datasource, ACTIVATION_PREFIX + padded(number));
    }

    /** A rollback of a definition, under the number of the activation that started it. */
    public static Key rollback(String datasource, int number) {
        return new Key("definition#" + datasource, "rollback#" + padded(number));
    }

    /** The rollback that a request with an idempotency key has started. */
    public static Key rollbackRequest(String datasource, String key) {
        return new Key("definition#" + datasource, "rollback-request#" + key);
    }

    /** The reconciliation of a datasource's settings on its clusters. */
    public static Key settings(String datasource) {
        return new Key("definition#" + datasource, "settings");
    }

    /** An event that the bus has not confirmed yet. */
    public static Key outbox(String eventId) {
        return new Key("outbox#" + eventId, "event");
    }

    /** The active pointer of a datasource. All pointers share a partition, so that one query reads them. */
    public static Key activeVersion(String datasource) {
        return new Key("active", datasource);
    }

    /** The compaction of a time chunk after ingestion, on all clusters of its datasource. */
    public static Key compaction(String datasource, Instant chunkStart) {
        return new Key("compaction#" + datasource, chunkStart.toString());
    }

    /** The outage of a cluster that does not answer. */
    public static Key outage(String cluster) {
        return new Key("cluster#" + cluster, "outage");
    }

    /** The tick that goes on. */
    public static Key tick() {
        return new Key("tick", "poll");
    }

    /** When automatic compaction is checked next. */
    public static Key compactionWatch() {
        return new Key("watch", "compaction");
    }

    /** Prefix of the sort keys of operations on a stream. */
    public static final String STREAM_OPERATION_PREFIX = "operation#";

    /** Prefix of the sort keys of snapshots of a stream's offsets. */
    public static final String STREAM_OFFSETS_PREFIX = "offsets#";

    /** Which operation on a stream is the newest. */
    public static Key stream(String cluster, String supervisor) {
        return new Key("stream#" + cluster + "#" + supervisor, "operations");
    }

    /** An operation on a stream. */
    public static Key streamOperation(String cluster, String supervisor, int number) {
        return new Key("stream#" + cluster + "#" + supervisor, STREAM_OPERATION_PREFIX + padded(number));
    }

    /** How far a stream was read at a time. Sort keys are in the order of their times. */
    public static Key streamOffsets(String cluster, String supervisor, Instant at) {
        return new Key(
                "stream#" + cluster + "#" + supervisor,
                STREAM_OFFSETS_PREFIX + String.format(Locale.ROOT, "%015d", at.toEpochMilli()));
    }

    /** What was last seen of a stream. */
    public static Key streamHealth(String cluster, String supervisor) {
        return new Key("stream#" + cluster + "#" + supervisor, "health");
    }

    /** What a sample of a stream's messages showed. */
    public static Key messageDrift(String cluster, String supervisor) {
        return new Key("stream#" + cluster + "#" + supervisor, "drift");
    }

    /** When the next stream is sampled. */
    public static Key streamSampling() {
        return new Key("watch", "sampling");
    }

    /** When streams are looked at next. */
    public static Key streamWatch() {
        return new Key("watch", "streams");
    }

    /** The progress of automatic compaction at the last check. */
    public static Key compactionProgress(String cluster, String datasource) {
        return new Key("watch#" + cluster + "#" + datasource, "compaction");
    }

    /** When freshness is checked next. */
    public static Key freshnessWatch() {
        return new Key("watch", "freshness");
    }

    /** What was last said about the freshness of a datasource. */
    public static Key freshness(String cluster, String datasource) {
        return new Key("watch#" + cluster + "#" + datasource, "freshness");
    }

    private static String partition(Feed feed) {
        return feed.cluster() + "#" + feed.datasource();
    }

    private static String padded(int number) {
        return String.format(Locale.ROOT, "%06d", number);
    }

    /** Who requested an attempt of a run, and why. */
    public static Key order(String runId, int attempt) {
        return new Key("run#" + runId, "order#" + attempt);
    }

    /** What became of the tags on the objects of an attempt of a run. */
    public static Key tags(String runId, int attempt) {
        return new Key("run#" + runId, "tags#" + attempt);
    }

    /** The request under an idempotency key, and its runs. */
    public static Key idempotency(String key) {
        return new Key("idempotency#" + key, "runs");
    }

    /** Prefix of the sort keys of sweep reports. */
    public static final String REPORT_PREFIX = "report#";

    /** A restore of unused segments of a datasource. */
    public static Key restore(String datasource, String id) {
        return new Key(restores(datasource), id);
    }

    /** Partition key of the restores of a datasource. */
    public static String restores(String datasource) {
        return "restores#" + datasource;
    }

    /** A backfill. */
    public static Key backfill(String id) {
        return new Key(backfillParts(id), "backfill");
    }

    /** Partition key of a backfill and its parts. */
    public static String backfillParts(String id) {
        return "backfill#" + id;
    }

    /** Prefix of the sort keys of a backfill's windows. */
    public static final String WINDOW_PREFIX = "window#";

    /** A window of a backfill: the part of its interval that one run loads. */
    public static Key backfillWindow(String id, int number) {
        return new Key(backfillParts(id), WINDOW_PREFIX + ordinal(number));
    }

    /** Says that a window of a backfill has failed in a pass. */
    public static Key backfillFailure(String id, int pass, int number) {
        return new Key(backfillParts(id), backfillFailures(pass) + ordinal(number));
    }

    /** Prefix of the sort keys of the windows that failed in a pass of a backfill. */
    public static String backfillFailures(int pass) {
        return "failed#" + padded(pass) + "#";
    }

    /** Prefix of the sort keys of a backfill's changes of state. */
    public static final String MOVE_PREFIX = "move#";

    /** A change of a backfill's state. */
    public static Key backfillMove(String id, int number) {
        return new Key(backfillParts(id), MOVE_PREFIX + padded(number));
    }

    /** Partition key of the ids of a datasource's backfills, which are sort keys. */
    public static String backfills(String datasource) {
        return "backfills#" + datasource;
    }

    /** The backfill that an idempotency key stands for. */
    public static Key backfillRequest(String key) {
        return new Key("backfill-request#" + key, "backfill");
    }

    /** A hold on an interval of a datasource. */
    public static Key hold(String datasource, String interval) {
        return new Key(holds(datasource), interval);
    }

    /** Partition key of the holds of a datasource. */
    public static String holds(String datasource) {
        return "holds#" + datasource;
    }

    /** The state of the sweeps of a datasource. */
    public static Key sweeps(String cluster, String datasource) {
        return new Key("retention#" + cluster + "#" + datasource, "sweeps");
    }

    /** The sweeps of a datasource that failed last. */
    public static Key sweepFailure(String cluster, String datasource) {
        return new Key("retention#" + cluster + "#" + datasource, "failure");
    }

    /** The report of a sweep of a datasource. */
    public static Key sweepReport(String cluster, String datasource, String id) {
        return new Key("retention#" + cluster + "#" + datasource, REPORT_PREFIX + id);
    }

    /** Finds the report of a sweep by its cluster alone. */
    public static Key sweepOfCluster(String cluster, String id, String datasource) {
        return new Key("retention#" + cluster, REPORT_PREFIX + id + "#" + datasource);
    }

    /** The attributes of the key. */
    public Map<String, Value> attributes() {
        return Map.of(PK, Value.of(pk), SK, Value.of(sk));
    }
}
