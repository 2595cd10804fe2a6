package sluice.entry.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.RunSummary;

/** Runs as the API shows them. */
@ApplicationScoped
class RunView {

    private static final List<String> INTERNAL = List.of("outbox", "version", "dueAt", "chunks", "plan", "state");

    private final RunStore store;
    private final ObjectMapper mapper;

    RunView(RunStore store, ObjectMapper mapper) {
        this.store = store;
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

    /** Everything about a run: state, counts, task, objects, findings and who requested it. */
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
                .put("size", object.size()));
        node.set("findings", mapper.valueToTree(plan.findings()));
        node.set("spec", plan.spec());
        store.order(run).ifPresent(order -> node.set("order", mapper.valueToTree(order)));
        return node;
    }
}
