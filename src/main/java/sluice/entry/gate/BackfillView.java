package sluice.entry.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sluice.upkeep.backfill.Backfill;
import sluice.upkeep.backfill.BackfillPlan;
import sluice.upkeep.backfill.BackfillProgress;
import sluice.upkeep.backfill.BackfillRequest;
import sluice.upkeep.backfill.BackfillWindow;
import sluice.upkeep.backfill.Backfills;

/** Backfills as the API shows them. */
@ApplicationScoped
class BackfillView {

    private static final int MOVES = 50;
    private static final int FAILURES = 20;

    private final Backfills backfills;
    private final Clock clock;
    private final ObjectMapper mapper;

    BackfillView(Backfills backfills, Clock clock, ObjectMapper mapper) {
        this.backfills = backfills;
        this.clock = clock;
        this.mapper = mapper;
    }

    /** A backfill in a list. */
    ObjectNode brief(Backfill backfill) {
        ObjectNode node = mapper.createObjectNode().put("id", backfill.id());
        put(node, backfill.request());
        node.put("author", backfill.request().author());
        OptionalFields.put(node, "reason", backfill.request().reason());
        node.put("state", backfill.state().label())
                .put("startedAt", backfill.startedAt().toString());
        node.set("progress", progress(backfill));
        OptionalFields.put(node, "waiting", backfill.waiting());
        OptionalFields.put(
                node,
                "endedAt",
                backfill.endedAt() == null ? null : backfill.endedAt().toString());
        return node.put("href", Route.path("/v1/backfills/{id}", backfill.id()));
    }

    /** A backfill with its windows under way, its first failures and its newest changes of state. */
    ObjectNode whole(Backfill backfill) {
        ObjectNode node = brief(backfill);
        ArrayNode active = node.putArray("active");
        backfills.active(backfill).forEach(window -> active.add(window(window)));
        ArrayNode failed = node.putArray("failures");
        backfills.failed(backfill, FAILURES).forEach(window -> failed.add(window(window)));
        ArrayNode history = node.putArray("history");
        backfills.history(backfill.id(), MOVES).forEach(move -> {
            ObjectNode entry = history.addObject()
                    .put("at", move.at().toString())
                    .put("state", move.state().label());
            OptionalFields.put(entry, "author", move.author());
            OptionalFields.put(entry, "reason", move.reason());
        });
        return node;
    }

    ObjectNode windows(List<BackfillWindow> windows, int limit) {
        ObjectNode body = mapper.createObjectNode();
        ArrayNode array = body.putArray("windows");
        windows.forEach(window -> array.add(window(window)));
        return windows.size() < limit
                ? body
                : body.put("next", windows.get(windows.size() - 1).number());
    }

    ObjectNode plan(BackfillPlan plan) {
        ObjectNode node = mapper.createObjectNode();
        put(node, plan.request());
        node.put("chunks", plan.chunks())
                .put("load", plan.load())
                .put("runs", plan.runs())
                .put("slots", plan.slots())
                .put("mode", plan.isReplace() ? "replace" : "append")
                .put("replacedRows", plan.replacedRows());
        node.putObject("files")
                .put("chunks", plan.files().looked())
                .put("withoutFiles", plan.files().without())
                .put("archived", plan.files().archived())
                .put("count", plan.files().count())
                .put("bytes", plan.files().bytes());
        ObjectNode blocked = node.putObject("blocked")
                .put("onHold", plan.blocked().held())
                .put("leased", plan.blocked().leased());
        OptionalFields.put(
                blocked,
                "first",
                plan.blocked().first() == null ? null : plan.blocked().first().interval());
        OptionalFields.put(node, "estimate", text(plan.estimate()));
        plan.problems().forEach(node.putArray("problems")::add);
        return node;
    }

    private static void put(ObjectNode node, BackfillRequest request) {
        node.put("datasource", request.datasource());
        request.clusters().forEach(node.putArray("clusters")::add);
        node.put("interval", request.interval().interval())
                .put("segmentGranularity", request.granularity().name())
                .put("chunksPerRun", request.chunksPerRun())
                .put("parallel", request.parallel())
                .put("order", request.order().name().toLowerCase(Locale.ROOT))
                .put("onlyMissing", request.onlyMissing());
    }

    private ObjectNode progress(Backfill backfill) {
        BackfillProgress progress = backfill.progress();
        ObjectNode node = mapper.createObjectNode()
                .put("total", progress.total())
                .put("done", progress.done())
                .put("running", progress.running())
                .put("failed", progress.failed())
                .put("empty", progress.empty())
                .put("skipped", progress.skipped())
                .put("left", progress.left())
                .put("rows", progress.rows())
                .put("bytes", progress.bytes())
                .put("at", progress.at().toString());
        if (!backfill.state().isEnd()) {
            progress.estimate(clock.instant()).ifPresent(rest -> node.put("estimate", rest.toString()));
        }
        return node;
    }

    private ObjectNode window(BackfillWindow window) {
        ObjectNode node = mapper.createObjectNode()
                .put("number", window.number())
                .put("interval", window.interval().interval())
                .put("chunks", window.chunks())
                .put("state", window.state().label())
                .put("at", window.at().toString())
                .put("rows", window.rows())
                .put("bytes", window.bytes());
        window.runs().forEach(node.putArray("runs")::add);
        OptionalFields.put(node, "problem", window.problem());
        return node;
    }

    private static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : duration.toString();
    }
}
