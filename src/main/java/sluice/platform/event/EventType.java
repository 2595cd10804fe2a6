package sluice.platform.event;

import java.util.Arrays;
import java.util.Optional;

/** The types of Sluice's events. The wire name is the CloudEvent {@code type} and EventBridge's {@code detail-type}. */
public enum EventType {
    BACKFILL_STARTED("sluice.backfill.started"),
    BACKFILL_PAUSED("sluice.backfill.paused"),
    BACKFILL_RESUMED("sluice.backfill.resumed"),
    BACKFILL_STOPPED("sluice.backfill.stopped"),
    BACKFILL_DONE("sluice.backfill.done"),
    BACKFILL_FAILED("sluice.backfill.failed"),
    BATCH_SETTLED("sluice.batch.settled"),
    COMPACTION_STALLED("sluice.compaction.stalled"),
    POLL_REQUESTED("sluice.poll.requested"),
    RUN_PLANNED("sluice.run.planned"),
    RUN_REFUSED("sluice.run.refused"),
    RUN_SUBMITTED("sluice.run.submitted"),
    RUN_SUCCEEDED("sluice.run.succeeded"),
    RUN_AVAILABLE("sluice.run.available"),
    RUN_FAILED("sluice.run.failed"),
    RUN_TIMED_OUT("sluice.run.timed-out"),
    RUN_CANCELLED("sluice.run.cancelled"),
    RUN_SUPERSEDED("sluice.run.superseded"),
    RUN_ROLLED_BACK("sluice.run.rolled-back"),
    TAGS_REQUESTED("sluice.tags.requested"),
    DATASOURCE_STALE("sluice.datasource.stale"),
    DATASOURCE_FRESH("sluice.datasource.fresh"),
    RETENTION_SWEPT("sluice.retention.swept"),
    DEFINITION_ACTIVATED("sluice.definition.activated"),
    DEFINITION_ROLLED_BACK("sluice.definition.rolled-back"),
    DEFINITION_ALIGNED("sluice.definition.aligned"),
    DEFINITION_MISALIGNED("sluice.definition.misaligned"),
    STREAM_UNHEALTHY("sluice.stream.unhealthy"),
    STREAM_RECOVERED("sluice.stream.recovered"),
    STREAM_LAGGING("sluice.stream.lagging"),
    STREAM_SKIPPED("sluice.stream.skipped"),
    STREAM_DRIFTED("sluice.stream.drifted"),
    DEFINITION_DRIFTED("sluice.definition.drifted");

    private final String wireName;

    EventType(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** The CloudEvent {@code dataschema}: the {@code $id} of the JSON Schema in {@code infra/events/schemas}. */
    public String schemaId() {
        return "urn:sluice:event:" + wireName + ":1";
    }

    public static Optional<EventType> of(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findFirst();
    }
}
