package sluice.govern.streams;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.core.definition.Definition;
import sluice.core.spec.GeneratedSupervisor;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;

/** Shows the streams of a definition as they are now, on each of its clusters. */
@ApplicationScoped
public class StreamViews {

    private final WantedStreams wanted;
    private final StreamHealthStore health;
    private final MessageDriftStore drift;
    private final DruidClusters clusters;

    StreamViews(WantedStreams wanted, StreamHealthStore health, MessageDriftStore drift, DruidClusters clusters) {
        this.wanted = wanted;
        this.health = health;
        this.drift = drift;
        this.clusters = clusters;
    }

    /** Returns one view per stream and cluster. A cluster that does not respond makes its views say so. */
    public List<StreamView> of(Definition definition) {
        List<StreamView> views = new ArrayList<>();
        for (String name : definition.clusters()) {
            for (GeneratedSupervisor supervisor : wanted.supervisors(definition)) {
                views.add(view(name, supervisor.id()));
            }
        }
        return List.copyOf(views);
    }

    private StreamView view(String name, String supervisor) {
        Optional<DruidCluster> cluster = clusters.find(name);
        if (cluster.isEmpty()) {
            return StreamView.unknown(name, supervisor, "the environment has no such cluster");
        }
        try {
            return cluster.get()
                    .streams()
                    .status(supervisor)
                    .map(status -> StreamView.of(
                            name,
                            supervisor,
                            status,
                            cluster.get().streams().counts(supervisor),
                            health.find(name, supervisor),
                            drift.find(name, supervisor)))
                    .orElseGet(() -> StreamView.unknown(name, supervisor, "Druid has no supervisor with this id"));
        } catch (DruidException exception) {
            return StreamView.unknown(name, supervisor, String.valueOf(exception.getMessage()));
        }
    }
}
