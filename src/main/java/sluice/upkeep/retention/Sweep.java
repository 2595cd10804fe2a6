package sluice.upkeep.retention;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.RunKind;
import sluice.ingest.submission.TaskDraft;
import sluice.ingest.submission.TaskRuns;
import sluice.platform.event.CloudEvent;
import sluice.platform.log.Log;
import sluice.platform.state.Outbox;
import sluice.upkeep.retention.SweepReport.Mode;
import sluice.upkeep.retention.SweepReport.Phase;
import sluice.upkeep.sizing.SizingAdvisor;

/**
 * Sweeps one datasource. It stores what it is going to do before it does it, so a function that dies in between leaves a
 * report in the phase ACTING. The next sweep decides anew by what is there then, and so does the rest of the work: marking
 * a segment and planning a run are idempotent.
 */
@ApplicationScoped
class Sweep {

    private static final Log LOG = Log.of(Sweep.class);
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

    /** Decides, and neither changes nor stores anything. */
    SweepReport dryRun(SweepTarget target, SweepPermissions permissions, SweepState state) {
        DatasourceSnapshot snapshot = reader.take(target.cluster(), target.datasource(), target.policy());
        SweepDecisions decisions =
                SweepPlanner.decide(snapshot, target.policy(), permissions, settings, state.hidden());
        return report(null, target, snapshot, decisions, Mode.DRY_RUN, "it is a plan", null, null);
    }

    /**
     * Sweeps. Returns the report; empty if another sweep of the datasource has begun since the state was read.
     *
     * @param whyDryRun returns why it is a dry run, or empty if it acts; asked after the sweep has decided, because that may
     *     take minutes
     * @param request who requests it; null for the schedule
     */
    Optional<SweepReport> run(
            SweepTarget target,
            SweepPermissions permissions,
            SweepState state,
            Supplier<Optional<String>> whyDryRun,
            @Nullable SweepRequest request) {
        RetentionPolicy policy = target.policy();
        DatasourceSnapshot snapshot = reader.take(target.cluster(), target.datasource(), policy);
        SweepDecisions decisions = SweepPlanner.decide(snapshot, policy, permissions, settings, state.hidden());
        String why = whyDryRun.get().orElse(null);
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
                request,
                unfinished.map(SweepReport::id).orElse(null));
        SweepState next = new SweepState(
                snapshot.now(),
                policy.text(),
                policy.orphan() ? Optional.ofNullable(state.orphanSince()).orElse(snapshot.now()) : null,
                mode == Mode.ACT ? report.id() : state.acting(),
                decisions.hidden());
        CloudEvent event = events.of(report);
        boolean isFirst = mode == Mode.ACT
                ? store.begin(report.in(Phase.ACTING), next, state)
                : store.dryRun(report, next, state, event);
        if (!isFirst) {
            return Optional.empty();
        }
        if (mode == Mode.ACT) {
            act(target, decisions);
            unfinished.ifPresent(store::interrupted);
            store.acted(report, event);
        }
        LOG.info(
                "Datasource is swept",
                "cluster",
                target.cluster().name(),
                "datasource",
                target.datasource(),
                "mode",
                mode,
                "segments",
                decisions.marked().segments(),
                "kills",
                decisions.kills().size(),
                "refusals",
                decisions.refusals().size());
        outbox.send(List.of(event));
        return Optional.of(report);
    }

    /** Reports that a scheduled sweep failed. */
    void failed(SweepTarget target, SweepState state, @Nullable SweepFailure before, Instant now, String reason) {
        String lastGood = state.lastSweptAt() == null
                ? "no sweep has succeeded yet"
                : "the last good sweep was at " + state.lastSweptAt();
        SweepReport report = SweepReport.failed(id(now), target, now, reason + "; " + lastGood);
        CloudEvent event = events.of(report);
        store.failed(report, new SweepFailure(before == null ? now : before.since(), now), event);
        outbox.send(List.of(event));
    }

    private void act(SweepTarget target, SweepDecisions decisions) {
        List<String> mark =
                StaleMarks.without(target.cluster(), target.datasource(), decisions.mark(), decisions.leftovers());
        target.cluster().segmentUsage().markUnused(target.datasource(), mark);
        decisions.kills().forEach(kill -> runs.planAgain(draft(target, kill)));
    }

    private static TaskDraft draft(SweepTarget target, KillPlan kill) {
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
            @Nullable String id,
            SweepTarget target,
            DatasourceSnapshot snapshot,
            SweepDecisions decisions,
            Mode mode,
            @Nullable String whyDryRun,
            @Nullable SweepRequest request,
            @Nullable String finishes) {
        RetentionPolicy policy = target.policy();
        List<SweepReport.Kill> kills = new ArrayList<>();
        for (KillPlan kill : decisions.kills()) {
            kills.add(new SweepReport.Kill(
                    kill.interval().interval(),
                    kill.versions(),
                    kill.segments().size(),
                    SegmentTotals.ofUnused(kill.segments()).bytes(),
                    TaskRuns.id(draft(target, kill))));
        }
        return new SweepReport(
                id,
                snapshot.cluster(),
                snapshot.datasource(),
                snapshot.now(),
                mode,
                Phase.DONE,
                whyDryRun,
                request == null ? null : request.author(),
                request == null ? null : request.reason(),
                policy.definitionHash(),
                RetentionPolicy.text(policy.keep()),
                RetentionPolicy.text(policy.purgeAfter()),
                SegmentTotals.ofChunks(snapshot.totals()),
                simulated(snapshot.rules(), snapshot),
                policy.rules().isEmpty() ? null : simulated(policy.rules(), snapshot),
                decisions.found(),
                decisions.marked(),
                kills,
                decisions.refusals(),
                target.definition()
                        .map(definition -> sizing.advice(definition, target.cluster()))
                        .orElse(List.of()),
                null,
                finishes);
    }

    private static RuleOutcome simulated(List<JsonNode> rules, DatasourceSnapshot snapshot) {
        return RuleSimulation.of(rules, snapshot.totals(), snapshot.now(), snapshot.tiers());
    }

    /** Begins with the time, so that ids sort by it. */
    private static String id(Instant now) {
        return ID.format(now) + "-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
