package sluice.ingest.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.core.batch.Feed;
import sluice.core.batch.TaskId;

/** Tells of which runs tasks in Druid are. */
@ApplicationScoped
public class TaskOwners {

    private final RunStore store;

    TaskOwners(RunStore store) {
        this.store = store;
    }

    /**
     * Returns the run of each task that is one of this environment's. It reads a hundred runs a request.
     *
     * @param taskIds ids of tasks that write to the feed
     */
    public Map<String, Run> of(Feed feed, Collection<String> taskIds) {
        Set<String> runIds = taskIds.stream().flatMap(TaskOwners::runId).collect(Collectors.toSet());
        Map<String, Run> runs = store.findAll(runIds.stream().sorted().toList()).stream()
                .filter(run -> run.feed().equals(feed))
                .collect(Collectors.toMap(Run::id, Function.identity()));
        Map<String, Run> owners = new HashMap<>();
        for (String taskId : taskIds) {
            runId(taskId)
                    .flatMap(id -> Stream.ofNullable(runs.get(id)))
                    .filter(run -> taskId.startsWith(prefix(run)))
                    .forEach(run -> owners.put(taskId, run));
        }
        return Map.copyOf(owners);
    }

    /** Returns the id of the run whose task this would be; nothing if no run has such tasks. */
    private static Stream<String> runId(String taskId) {
        String[] parts = taskId.split("_");
        return parts.length < 3 ? Stream.empty() : Stream.of(parts[parts.length - 2]);
    }

    private static String prefix(Run run) {
        String first = TaskId.of(run.datasource(), run.id(), 1);
        return first.substring(0, first.length() - 1);
    }
}
