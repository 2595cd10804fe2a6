package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sluice.platform.event.CloudEvent;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Outbox;
import sluice.platform.state.StateJson;
import sluice.platform.state.StateTable;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Reports of sweeps, and how the sweeps of a datasource stand, in the state table. A report, the event about it and the
 * datasource's standing are one write.
 */
@ApplicationScoped
class ReportStore {

    private static final String BODY = "report";
    private static final String SWEPT_AT = "lastSweptAt";
    private static final String ABSENT = "attribute_not_exists(pk)";
    private static final String PRESENT = "attribute_exists(pk)";

    private final StateTable table;
    private final StateJson json;
    private final Outbox outbox;
    private final RetentionSettings settings;

    ReportStore(StateTable table, StateJson json, Outbox outbox, RetentionSettings settings) {
        this.table = table;
        this.json = json;
        this.outbox = outbox;
        this.settings = settings;
    }

    SweepState state(String cluster, String datasource) {
        return table.get(Key.sweeps(cluster, datasource))
                .map(item -> new SweepState(
                        item.time(SWEPT_AT).orElse(null),
                        item.text("policy").orElse(null),
                        item.time("orphanSince").orElse(null),
                        item.text("acting").orElse(null)))
                .orElse(SweepState.NEW);
    }

    Optional<SweepReport> find(String cluster, String datasource, String id) {
        return table.get(Key.sweepReport(cluster, datasource, id)).map(this::report);
    }

    /**
     * Writes that a sweep is about to act.
     *
     * @param read the standing that it decided by
     * @return whether it may: nobody else has swept the datasource since the standing was read
     */
    boolean begin(SweepReport report, SweepState next, SweepState read) {
        return isWritten(
                List.of(table.put(item(report), ABSENT, Item.values()), indexed(report), standing(report, next, read)));
    }

    /** Writes that a sweep has acted, with its event in the outbox. */
    void acted(SweepReport report, CloudEvent event) {
        boolean written = isWritten(List.of(
                table.put(item(report), PRESENT, Item.values()),
                outbox.stored(event),
                table.update(
                        Key.sweeps(report.cluster(), report.datasource()),
                        "REMOVE acting",
                        "acting = :id",
                        Item.values().with(":id", report.id()))));
        if (!written) {
            // Another sweep has begun meanwhile; the standing is its own.
            table.transact(List.of(table.put(item(report), PRESENT, Item.values()), outbox.stored(event)));
        }
    }

    /**
     * Writes a dry run, with its event in the outbox.
     *
     * @return whether nobody else has swept the datasource since the standing was read
     */
    boolean looked(SweepReport report, SweepState next, SweepState read, CloudEvent event) {
        return isWritten(List.of(
                table.put(item(report), ABSENT, Item.values()),
                outbox.stored(event),
                indexed(report),
                standing(report, next, read)));
    }

    private boolean isWritten(List<TransactWriteItem> writes) {
        try {
            table.transact(writes);
            return true;
        } catch (TransactionCanceledException exception) {
            return false;
        }
    }

    private TransactWriteItem indexed(SweepReport report) {
        Item item = Item.at(Key.sweepOfCluster(report.cluster(), report.id(), report.datasource()));
        return table.put(expiring(item, report), ABSENT, Item.values());
    }

    private TransactWriteItem standing(SweepReport report, SweepState next, SweepState read) {
        Item item = Item.at(Key.sweeps(report.cluster(), report.datasource()))
                .with(SWEPT_AT, next.lastSweptAt())
                .with("policy", next.policy())
                .with("orphanSince", next.orphanSince())
                .with("acting", next.acting());
        return read.lastSweptAt() == null
                ? table.put(item, ABSENT, Item.values())
                : table.put(item, "lastSweptAt = :read", Item.values().with(":read", read.lastSweptAt()));
    }

    /** Writes that another sweep has finished this one, unless it says by now that it is done itself. */
    void interrupted(SweepReport report) {
        table.putIf(
                item(report.in(SweepReport.Phase.INTERRUPTED)),
                "phase = :acting",
                Item.values().with(":acting", SweepReport.Phase.ACTING.name()));
    }

    SweepReport report(Item item) {
        return json.read(item.compressed(BODY).orElseThrow(), SweepReport.class);
    }

    private Item item(SweepReport report) {
        return expiring(
                Item.at(Key.sweepReport(report.cluster(), report.datasource(), report.id()))
                        .withCompressed(BODY, json.write(report))
                        .with("phase", report.phase().name()),
                report);
    }

    private Item expiring(Item item, SweepReport report) {
        Instant end = report.sweptAt().plus(settings.keepReports());
        return item.with(StateTable.TTL, end.getEpochSecond());
    }
}
