package sluice.entry.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.ingest.follow.RunTagStore;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.RunSummary;
import sluice.upkeep.compaction.ChunkCompaction;
import sluice.upkeep.compaction.RunCompactions;

/** Runs as the API shows them. */
@ApplicationScoped
class RunView {

    private static final List<String> INTERNAL = List.of("outbox", "version", "dueAt", "chunks", "plan", "state");

    private final RunStore store;
    private final RunCompactions compactions;
    private final RunTagStore tags;
    private final ObjectMapper mapper;

    RunView(RunStore store, RunCompactions compactions, RunTagStore tags, ObjectMapper mapper) {
        this.store = store;
        this.compactions = compactions;
        this.tags = tags;
        this.mapper = mapper;
    }

    /** A run's identity and state. */
    ObjectNode brief(Run run) {
        return brief(new RunSummary(
                run.id(),
                run.cluster(),
                run.datasource(),
                run.kind().label(),
                run.state().label(),
                run.createdAt(),
                run.definitionHash()));
    }

    ObjectNode brief(RunSummary run) {
        ObjectNode node = mapper.valueToTree(run);
        return node.put("href", "/v1/runs/" + run.id());
    }

    /** How a run has ended, and if its rows are not there to query, why. */
    ObjectNode outcome(Run run, RunState.Ended state) {
        ObjectNode node = mapper.createObjectNode()
                .put("id", run.id())
                .put("href", "/v1/runs/" + run.id())
                .put("state", state.label())
                .put("since", state.since().toString())
                .put("available", state instanceof RunState.Available);
        OptionalFields.put(node, "reason", reason(state));
        return node;
    }

    private static @Nullable String reason(RunState.Ended state) {
        if (state instanceof RunState.Available) {
            return null;
        }
        if (state instanceof RunState.Superseded superseded) {
            return "Run " + superseded.by() + " loads its objects";
        }
        if (state instanceof RunState.Cancelled cancelled) {
            return cancelled.reason();
        }
        return Problem.of(state)
                .map(problem -> problem.code() + ": " + problem.message())
                .orElse(null);
    }

    /** Everything about a run: state, counts, task, objects, findings, who requested it, and what followed its end. */
    ObjectNode whole(Run run) {
        ObjectNode node = mapper.valueToTree(run);
        node.remove(INTERNAL);
        node.put("state", run.state().label());
        node.put("timeLimit", run.timeLimit().toString());
        node.set("stateDetails", mapper.valueToTree(run.state()));
        node.put("taskId", run.taskId());
        node.put("href", "/v1/runs/" + run.id());
        run.intervals().forEach(node.putArray("intervals")::add);
        Plan plan = store.plan(run);
        ArrayNode objects = node.putArray("objects");
        plan.objects().forEach(object -> objects.addObject()
                .put("bucket", object.bucket())
                .put("key", object.key())
                .put("version", object.etag())
                .put("size", object.size())
                .put("lastModified", object.lastModified().toString()));
        node.set("findings", mapper.valueToTree(plan.findings()));
        node.set("spec", plan.spec());
        store.order(run).ifPresent(order -> node.set("order", mapper.valueToTree(order)));
        if (run.hasEnded()) {
            followed(run, node);
        }
        return node;
    }

    /** Where nothing is compacted or tagged, the run says nothing about it. */
    private void followed(Run run, ObjectNode node) {
        List<ChunkCompaction> following = compactions.after(run);
        if (!following.isEmpty()) {
            ArrayNode list = node.putArray("compaction");
            following.forEach(each -> list.add(CompactionView.of(each, mapper)));
        }
        tags.find(run).ifPresent(found -> {
            ObjectNode tagged = node.putObject("tags")
                    .put("state", found.state())
                    .put("at", found.at().toString())
                    .put("objects", found.objects())
                    .put("tagged", found.tagged());
            OptionalFields.put(tagged, "problem", found.problem());
        });
    }
}
