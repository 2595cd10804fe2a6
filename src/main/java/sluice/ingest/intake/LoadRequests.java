package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.core.definition.Definition;
import sluice.ingest.intake.OrderedRuns.Ordered;
import sluice.ingest.run.Run;
import sluice.platform.druid.DruidCluster;

/** Carries out load requests: one run per cluster. Concurrent calls with one idempotency key make the same runs. */
@ApplicationScoped
public class LoadRequests {

    private static final int TRIES = 4;

    private final RequestTargets targets;
    private final RequestStore requests;
    private final OrderedRuns ordered;

    LoadRequests(RequestTargets targets, RequestStore requests, OrderedRuns ordered) {
        this.targets = targets;
        this.requests = requests;
        this.ordered = ordered;
    }

    /**
     * The result of a request.
     *
     * @param runs one per cluster; or those that have the requested objects already
     * @param isNew true if the request made a run or a further attempt of one
     */
    public record Placed(List<Run> runs, boolean isNew) {
        public Placed {
            runs = List.copyOf(runs);
        }
    }

    /**
     * Returns the runs that the request's idempotency key stands for so far. It makes none.
     *
     * @throws LoadRequestException if the key belongs to another request
     */
    public List<Run> known(LoadRequest request) {
        return requests.find(request).map(RequestStore.Known::runs).orElse(List.of());
    }

    /**
     * Carries out the request. Without an idempotency key, the same objects for the same chunks are the same run: if it lives or
     * may have loaded them, it is returned as it is; if it ended otherwise, it gets another attempt. An append also returns the
     * runs that have the named objects together with others, and loads only those of the objects that no run has.
     *
     * <p>Each cluster is a transaction of its own. If a call fails between them, the same call again makes the missing runs.
     *
     * @throws LoadRequestException if the request cannot be carried out
     */
    public Placed place(LoadRequest request) {
        Optional<RequestStore.Known> known = requests.find(request);
        if (known.isPresent() && known.get().isComplete()) {
            return new Placed(known.get().runs(), false);
        }
        Definition definition = targets.definition(request);
        List<DruidCluster> clusters = targets.clusters(request, definition);
        List<String> names = known.map(RequestStore.Known::clusters)
                .orElse(clusters.stream().map(DruidCluster::name).toList());
        List<Run> runs = new ArrayList<>();
        boolean isNew = false;
        for (DruidCluster cluster : clusters) {
            if (names.contains(cluster.name())) {
                Ordered answer = placed(request, definition, cluster, names);
                runs.addAll(answer.runs());
                isNew |= answer.isNew();
            }
        }
        return new Placed(runs, isNew);
    }

    private Ordered placed(LoadRequest request, Definition definition, DruidCluster cluster, List<String> clusters) {
        for (int round = 1; round <= TRIES; round++) {
            Map<String, Run> known =
                    requests.find(request).map(RequestStore.Known::byCluster).orElse(Map.of());
            Run run = known.get(cluster.name());
            if (run != null) {
                return new Ordered(List.of(run), false);
            }
            Optional<Ordered> answer = ordered.place(request, definition, cluster, clusters);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw new LoadRequestException(
                LoadRequestException.Code.CONTENDED, "other calls keep changing the same runs; repeat the call");
    }
}
