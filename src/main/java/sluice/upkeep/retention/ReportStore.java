package sluice.upkeep.retention;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.platform.event.CloudEvent;
import sluice.platform.state.Changes;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Outbox;
import sluice.platform.state.StateJson;
import sluice.platform.state.StateTable;
import sluice.platform.state.Transactions;
import sluice.platform.state.Write;

/**
 * Stores reports of sweeps and the state of each datasource's sweeps. One transaction writes a report, its event and the
 * state.
 */
@ApplicationScoped
class ReportStore {

    private static final String BODY = "report";
    private static final String SWEPT_AT = "lastSweptAt";
    private static final String ACTING = "acting";
    private static final String HIDDEN = "hidden";
    private static final String PHASE = "phase";
    private static final String FAILED_SINCE = "failedSince";
    private static final String FAILED_AT = "failedAt";

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
                        item.text(ACTING).orElse(null),
                        item.compressed(HIDDEN).map(this::times).orElse(Map.of())))
                .orElse(SweepState.NEW);
    }

    /** Returns the sweeps that have failed since the last good one. */
    Optional<SweepFailure> failure(String cluster, String datasource, @Nullable Instant lastSweptAt) {
        return table.get(Key.sweepFailure(cluster, datasource))
                .map(item -> new SweepFailure(
                        item.time(FAILED_SINCE).orElseThrow(),
                        item.time(FAILED_AT).orElseThrow()))
                .filter(failure -> lastSweptAt == null || failure.last().isAfter(lastSweptAt));
    }

    /** Writes that a sweep failed, and its event to the outbox. The state stays as the last good sweep left it. */
    void failed(SweepReport report, SweepFailure failure, CloudEvent event) {
        Item item = Item.at(Key.sweepFailure(report.cluster(), report.datasource()))
                .with(FAILED_SINCE, failure.since())
                .with(FAILED_AT, failure.last());
        table.transact(List.of(
                Write.put(item(report), Condition.absent()),
                outbox.stored(event),
                indexed(report),
                Write.put(expiring(item, report))));
    }

    private Map<String, Instant> times(String text) {
        Map<String, Instant> times = new HashMap<>();
        json.read(text, JsonNode.class)
                .properties()
                .forEach(entry ->
                        times.put(entry.getKey(), Instant.parse(entry.getValue().asText())));
        return times;
    }

    Optional<SweepReport> find(String cluster, String datasource, String id) {
        return table.get(Key.sweepReport(cluster, datasource, id)).map(this::report);
    }

    /**
     * Writes that a sweep is about to act. Returns false if another sweep of the datasource has begun since the state was
     * read; then this one must not act.
     *
     * @param read the state that the sweep was decided by
     */
    boolean begin(SweepReport report, SweepState next, SweepState read) {
        return Transactions.isWritten(
                table,
                List.of(Write.put(item(report), Condition.absent()), indexed(report), stateChange(report, next, read)));
    }

    /** Writes that a sweep has acted, and its event to the outbox. */
    void acted(SweepReport report, CloudEvent event) {
        boolean written = Transactions.isWritten(
                table,
                List.of(
                        Write.put(item(report), Condition.present()),
                        outbox.stored(event),
                        Write.update(
                                Key.sweeps(report.cluster(), report.datasource()),
                                Changes.NONE.remove(ACTING),
                                Condition.equal(ACTING, storedId(report)))));
        if (!written) {
            // Another sweep has begun meanwhile and owns the state now.
            table.transact(List.of(Write.put(item(report), Condition.present()), outbox.stored(event)));
        }
    }

    /**
     * Writes a dry run, and its event to the outbox. Returns false if another sweep of the datasource has begun since the
     * state was read.
     */
    boolean dryRun(SweepReport report, SweepState next, SweepState read, CloudEvent event) {
        return Transactions.isWritten(
                table,
                List.of(
                        Write.put(item(report), Condition.absent()),
                        outbox.stored(event),
                        indexed(report),
                        stateChange(report, next, read)));
    }

    /** Plans have no id, and nobody stores them. */
    private static String storedId(SweepReport report) {
        return Objects.requireNonNull(report.id(), "a plan is not stored");
    }

    private Write indexed(SweepReport report) {
        Item item = Item.at(Key.sweepOfCluster(report.cluster(), storedId(report), report.datasource()));
        return Write.put(expiring(item, report), Condition.absent());
    }

    private Write stateChange(SweepReport report, SweepState next, SweepState read) {
        Item item = Item.at(Key.sweeps(report.cluster(), report.datasource()))
                .with(SWEPT_AT, next.lastSweptAt())
                .with("policy", next.policy())
                .with("orphanSince", next.orphanSince())
                .with(ACTING, next.acting());
        if (!next.hidden().isEmpty()) {
            item = item.withCompressed(HIDDEN, json.write(next.hidden()));
        }
        return Write.put(
                item, read.lastSweptAt() == null ? Condition.absent() : Condition.equal(SWEPT_AT, read.lastSweptAt()));
    }

    /** Writes that another sweep has finished this one. No-op if this one is done by now. */
    void interrupted(SweepReport report) {
        table.putIf(
                item(report.in(SweepReport.Phase.INTERRUPTED)),
                Condition.equal(PHASE, SweepReport.Phase.ACTING.name()));
    }

    SweepReport report(Item item) {
        return json.read(item.compressed(BODY).orElseThrow(), SweepReport.class);
    }

    private Item item(SweepReport report) {
        return expiring(
                Item.at(Key.sweepReport(report.cluster(), report.datasource(), storedId(report)))
                        .withCompressed(BODY, json.write(report))
                        .with(PHASE, report.phase().name()),
                report);
    }

    private Item expiring(Item item, SweepReport report) {
        return item.expiring(report.sweptAt().plus(settings.keepReports()));
    }
}
