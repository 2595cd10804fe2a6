package sluice.simulation.world;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.govern.registry.DefinitionCatalog;
import sluice.govern.registry.SharedDefinitionCatalog;
import sluice.platform.druid.ClusterBreaker;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.event.EventBus;
import sluice.platform.event.EventMetrics;
import sluice.platform.metric.MetricOutput;
import sluice.platform.metric.RecordedMetrics;
import sluice.platform.objects.ObjectStore;
import sluice.platform.secrets.DefinitionSecrets;
import sluice.platform.secrets.FakeSecretSource;
import sluice.platform.secrets.SecretSource;
import sluice.platform.state.SharedStateJson;
import sluice.platform.state.StateJson;
import sluice.platform.state.StateTable;
import sluice.simulation.Beans;
import sluice.simulation.Intercepted;
import sluice.simulation.druid.GuardedDruids;

/** The processes of the functions. One starts when it is first needed, and is warm until it is killed. */
final class Processes {

    private final Map<String, Beans> running = new HashMap<>();
    private final Map<String, String> settings;
    private final Planted planted;
    private final Outside outside;
    private final FakeSecretSource secrets = new FakeSecretSource();
    private final RecordedMetrics metrics = new RecordedMetrics();
    private final StateJson json = new SharedStateJson(Beans.MAPPER);

    /** What all processes call. */
    record Outside(Clock clock, StateTable table, EventBus bus, ObjectStore objects, DruidClusters clusters) {}

    /**
     * @param settings by property name
     * @param planted a fault between the functions and the outside
     */
    Processes(Map<String, String> settings, Planted planted, Outside outside) {
        this.settings = Map.copyOf(settings);
        this.planted = planted;
        this.outside = outside;
    }

    /** The process of a function; there may be several with a number behind a {@code #}. */
    Beans of(String function) {
        return running.computeIfAbsent(function, this::started);
    }

    void kill(String function) {
        running.remove(function);
    }

    FakeSecretSource secrets() {
        return secrets;
    }

    RecordedMetrics metrics() {
        return metrics;
    }

    /** How secrets get into documents on their way to Druid. */
    DefinitionSecrets definitionSecrets() {
        return new Beans(settings)
                .with(Clock.class, outside.clock())
                .with(SecretSource.class, secrets)
                .get(DefinitionSecrets.class);
    }

    private Beans started(String function) {
        Map<String, String> own = new HashMap<>(settings);
        own.put("quarkus.funqy.export", function.split("#")[0]);
        Beans beans = new Beans(own)
                .replacing(DefinitionCatalog.class, SharedDefinitionCatalog.class)
                .with(Clock.class, outside.clock())
                .with(StateJson.class, json)
                .with(StateTable.class, planted(StateTable.class, function, outside.table()))
                .with(EventBus.class, planted(EventBus.class, function, outside.bus()))
                .with(ObjectStore.class, planted(ObjectStore.class, function, outside.objects()))
                .with(SecretSource.class, secrets);
        measure(beans);
        return beans.with(
                DruidClusters.class, new GuardedDruids(planted(function), () -> beans.get(ClusterBreaker.class)));
    }

    private <T> T planted(Class<T> seam, String function, T target) {
        return planted == Planted.NONE
                ? target
                : Intercepted.of(
                        seam,
                        target,
                        (call, arguments, original) -> planted.answer(function, call, arguments, original));
    }

    /** The clusters as a function with the planted fault sees them. */
    private DruidClusters planted(String function) {
        return planted == Planted.NONE
                ? outside.clusters()
                : Intercepted.of(DruidClusters.class, outside.clusters(), (call, arguments, original) -> {
                    Object answer = original.call(arguments);
                    return answer instanceof Optional<?> found
                            ? found.map(cluster -> planted(DruidCluster.class, function, (DruidCluster) cluster))
                            : answer;
                });
    }

    /** As {@code EventBridgeBus} does it: what the bus has confirmed becomes metrics. */
    private void measure(Beans beans) {
        EventBus unmeasured = beans.get(EventBus.class);
        beans.with(MetricOutput.class, metrics).with(EventBus.class, published -> {
            List<String> confirmed = unmeasured.publish(published);
            published.stream()
                    .filter(event -> confirmed.contains(event.id()))
                    .forEach(beans.get(EventMetrics.class)::published);
            return confirmed;
        });
    }
}
