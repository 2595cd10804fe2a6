package sluice.upkeep.retention;

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
import sluice.core.batch.RunKind;
import sluice.ingest.submission.TaskDraft;
import sluice.ingest.submission.TaskRuns;
import sluice.platform.event.CloudEvent;
import sluice.platform.state.Outbox;
import sluice.upkeep.retention.SweepReport.Mode;
import sluice.upkeep.retention.SweepReport.Phase;
import sluice.upkeep.sizing.SizingAdvisor;

/**
 * One sweep of one datasource. What it is going to do is stored before it does it, so a function that dies in between
 * leaves a report that says ACTING; the next sweep decides by what is there then, which comes to the rest of the work,
 * because marking a segment twice and planning the same run twice change nothing.
 */
@ApplicationScoped
class Sweep {

    private static final Logger LOG = Logger.getLogger(Sweep.class);
    private static final Duration KILL_TIME_LIMIT = Duration.ofHours(4);

    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final SnapshotReader reader;
    private final RetentionSettings settings;
    private final ReportStore store;
    private final SweptEvents events;
    private final Outbox outbox;
    private final TaskRuns runs;
    private final SizingAdvisor sizing;

    Sweep(
            SnapshotReader reader,
            RetentionSettings settings,
            ReportStore store,
            SweptEvents events,
            Outbox outbox,
            TaskRuns runs,
            SizingAdvisor sizing) {
        this.reader = reader;
        this.settings = settings;
        this.store = store;
        this.events = events;
        this.outbox = outbox;
        this.runs = runs;
        this.sizing = sizing;
    }

    /** Looks and decides; nothing is changed or stored. */
    SweepReport dryRun(Target target, Permit permit) {
        Snapshot snapshot = reader.take(target.cluster(), target.datasource(), target.policy());
        Decisions decisions = SweepPlanner.decide(snapshot, target.policy(), permit, settings);
        return report(null, target, snapshot, decisions, Mode.DRY_RUN, "asked for as a plan", null, null);
    }

    /**
     * Sweeps.
     *
     * @param why why it is a dry run, or null where it acts
     * @param order who wants it, or null for the schedule
     * @return the report, or nothing where another sweep has taken the datasource meanwhile
     */
    Optional<SweepReport> run(Target target, Permit permit, SweepState state, String why, SweepOrder order) {
        Policy policy = target.policy();
        Snapshot snapshot = reader.take(target.cluster(), target.datasource(), policy);
        Decisions decisions = SweepPlanner.decide(snapshot, policy, permit, settings);
        Mode mode = why == null ? Mode.ACT : Mode.DRY_RUN;
        Optional<SweepReport> unfinished = (mode == Mode.DRY_RUN
                        ? Optional.<String>empty()
                        : Optional.ofNullable(state.acting()))
                .flatMap(id -> store.find(target.cluster().name(), target.datasource(), id))
                .filter(report -> report.phase() == Phase.ACTING);
        SweepReport report = report(
                id(snapshot.now()),
                target,
                snapshot,
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
        boolean isFirst = mode == Mode.ACT
                ? store.begin(report.in(Phase.ACTING), next, state)
                : store.looked(report, next, state, event);
        if (!isFirst) {
            return Optional.empty();
        }
        if (mode == Mode.ACT) {
            act(target, decisions);
            unfinished.ifPresent(store::interrupted);
            store.acted(report, event);
        }
        LOG.infof(
                "Sweep of %s/%s, %s: %s segments to mark unused, %s kill runs, %s refusals",
                target.cluster().name(),
                target.datasource(),
                mode,
                decisions.marked().segments(),
                decisions.kills().size(),
                decisions.refusals().size());
        outbox.send(List.of(event));
        return Optional.of(report);
    }

    private void act(Target target, Decisions decisions) {
        target.cluster().segmentUsage().markUnused(target.datasource(), decisions.mark());
        decisions.kills().forEach(kill -> runs.planAgain(draft(target, kill)));
    }

    private static TaskDraft draft(Target target, KillPlan kill) {
        return new TaskDraft(
                RunKind.KILL,
                target.cluster().name(),
                target.datasource(),
                null,
                kill.chunks(),
                kill.identity(),
                kill.task(target.datasource()),
                List.of(),
                target.policy().definitionHash(),
                KILL_TIME_LIMIT);
    }

    private SweepReport report(
            String id,
            Target target,
            Snapshot snapshot,
            Decisions decisions,
            Mode mode,
            String why,
            SweepOrder order,
            String finishes) {
        Policy policy = target.policy();
        List<SweepReport.Kill> kills = new ArrayList<>();
        for (KillPlan kill : decisions.kills()) {
            kills.add(new SweepReport.Kill(
                    kill.interval().interval(),
                    kill.versions(),
                    kill.segments().size(),
                    Amount.ofUnused(kill.segments()).bytes(),
                    TaskRuns.id(draft(target, kill))));
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
                target.definition()
                        .map(definition -> sizing.advice(definition, target.cluster()))
                        .orElse(List.of()),
                finishes);
    }

    /** Begins with the time, so that reports sort by it. */
    private static String id(Instant now) {
        return ID.format(now) + "-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
