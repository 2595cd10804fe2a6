package sluice.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import sluice.druid.DruidCluster;
import sluice.event.CloudEvent;
import sluice.event.EventBus;
import sluice.retention.SweepReport.Mode;
import sluice.retention.SweepReport.Phase;
import sluice.run.Run;
import sluice.run.TaskDraft;
import sluice.run.TaskRuns;
import sluice.state.Key;

/**
 * One sweep of one datasource. What it is going to do is stored before it does it, so a function that dies in between
 * leaves a report that says ACTING; the next sweep decides by what is there then, which comes to the rest of the work,
 * because marking a segment twice and planning the same run twice change nothing.
 */
@ApplicationScoped
class Sweep {

    private static final Logger LOG = Logger.getLogger(Sweep.class);
    private static final Duration KILL_TIME_LIMIT = Duration.ofHours(4);
    private static final int IDS_PER_CALL = 1_000;
    /** After this long without the bus' word the event is sent again. */
    private static final Duration ANNOUNCED_AGAIN = Duration.ofSeconds(10);

    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final SnapshotReader reader;
    private final Limits limits;
    private final ReportStore store;
    private final SweptEvents events;
    private final EventBus bus;
    private final TaskRuns runs;

    Sweep(SnapshotReader reader, Limits limits, ReportStore store, SweptEvents events, EventBus bus, TaskRuns runs) {
        this.reader = reader;
        this.limits = limits;
        this.store = store;
        this.events = events;
        this.bus = bus;
        this.runs = runs;
    }

    /** Looks and decides; nothing is changed or stored. */
    SweepReport dryRun(DruidCluster cluster, String datasource, Policy policy, Permit permit) {
        Snapshot snapshot = reader.take(cluster, datasource, policy);
        Decisions decisions = SweepPlanner.decide(snapshot, policy, permit, limits);
        return report(null, snapshot, policy, decisions, Mode.DRY_RUN, "asked for as a plan", null, null);
    }

    /**
     * Sweeps.
     *
     * @param why why it is a dry run, or null where it acts
     * @param order who wants it, or null for the schedule
     * @return the report, or nothing where another sweep has taken the datasource meanwhile
     */
    Optional<SweepReport> run(
            DruidCluster cluster,
            String datasource,
            Policy policy,
            Permit permit,
            SweepState state,
            String why,
            SweepOrder order) {
        Snapshot snapshot = reader.take(cluster, datasource, policy);
        Decisions decisions = SweepPlanner.decide(snapshot, policy, permit, limits);
        Mode mode = why == null ? Mode.ACT : Mode.DRY_RUN;
        Optional<SweepReport> unfinished = (mode == Mode.DRY_RUN
                        ? Optional.<String>empty()
                        : Optional.ofNullable(state.acting()))
                .flatMap(id -> store.find(cluster.name(), datasource, id))
                .filter(report -> report.phase() == Phase.ACTING);
        SweepReport report = report(
                id(snapshot.now()),
                snapshot,
                policy,
                decisions,
                mode,
                why,
                order,
                unfinished.map(SweepReport::id).orElse(null));
        SweepState next = new SweepState(
                snapshot.now(),
                policy.text(),
                policy.orphan() ? Optional.ofNullable(state.orphanSince()).orElse(snapshot.now()) : null,
                mode == Mode.ACT ? report.id() : state.acting());
        CloudEvent event = events.of(report);
        Instant due = snapshot.now().plus(ANNOUNCED_AGAIN);
        boolean isFirst = mode == Mode.ACT
                ? store.begin(report.in(Phase.ACTING), next, state)
                : store.looked(report, next, state, event, due);
        if (!isFirst) {
            return Optional.empty();
        }
        if (mode == Mode.ACT) {
            act(cluster, datasource, policy, decisions);
            unfinished.ifPresent(store::interrupted);
            store.acted(report, event, due);
        }
        LOG.infof(
                "Sweep of %s/%s, %s: %d segments to mark unused, %d kill runs, %d refusals",
                cluster.name(),
                datasource,
                mode,
                decisions.marked().segments(),
                decisions.kills().size(),
                decisions.refusals().size());
        send(Key.sweepReport(cluster.name(), datasource, report.id()), event);
        return Optional.of(report);
    }

    /** Sends an event that the outbox holds; it stays there until the bus has confirmed it. */
    void send(Key report, CloudEvent event) {
        if (bus.publish(List.of(event)).contains(event.id())) {
            store.confirmed(report);
        }
    }

    private void act(DruidCluster cluster, String datasource, Policy policy, Decisions decisions) {
        List<String> ids = decisions.mark();
        for (int from = 0; from < ids.size(); from += IDS_PER_CALL) {
            cluster.markUnused(datasource, ids.subList(from, Math.min(from + IDS_PER_CALL, ids.size())));
        }
        decisions.kills().forEach(kill -> runs.planAgain(draft(cluster.name(), datasource, policy, kill)));
    }

    private static TaskDraft draft(String cluster, String datasource, Policy policy, KillPlan kill) {
        return new TaskDraft(
                Run.KILL,
                cluster,
                datasource,
                null,
                kill.chunks(),
                kill.identity(),
                kill.task(datasource),
                List.of(),
                policy.definitionHash(),
                KILL_TIME_LIMIT);
    }

    private static SweepReport report(
            String id,
            Snapshot snapshot,
            Policy policy,
            Decisions decisions,
            Mode mode,
            String why,
            SweepOrder order,
            String finishes) {
        List<SweepReport.Kill> kills = new ArrayList<>();
        for (KillPlan kill : decisions.kills()) {
            kills.add(new SweepReport.Kill(
                    kill.interval().interval(),
                    kill.versions(),
                    kill.segments().size(),
                    Amount.ofUnused(kill.segments()).bytes(),
                    TaskRuns.id(draft(snapshot.cluster(), snapshot.datasource(), policy, kill))));
        }
        return new SweepReport(
                id,
                snapshot.cluster(),
                snapshot.datasource(),
                snapshot.now(),
                mode,
                Phase.DONE,
                why,
                order == null ? null : order.author(),
                order == null ? null : order.reason(),
                policy.definitionHash(),
                Policy.text(policy.keep()),
                Policy.text(policy.purgeAfter()),
                Amount.ofTotals(snapshot.totals()),
                RuleSimulation.of(snapshot.rules(), snapshot.totals(), snapshot.now()),
                policy.rules().isEmpty() ? null : RuleSimulation.of(policy.rules(), snapshot.totals(), snapshot.now()),
                decisions.found(),
                decisions.marked(),
                kills,
                decisions.refusals(),
                finishes);
    }

    /** Begins with the time, so that reports sort by it. */
    private static String id(Instant now) {
        return ID.format(now) + "-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
