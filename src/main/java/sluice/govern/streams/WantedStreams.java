package sluice.govern.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import sluice.core.definition.Definition;
import sluice.core.spec.GeneratedSupervisor;
import sluice.core.spec.SpecDefaults;
import sluice.core.spec.SupervisorGenerator;
import sluice.govern.registry.DefinitionCatalog;
import sluice.platform.druid.StreamStatus;

/** The streams that definitions in force want. */
@ApplicationScoped
class WantedStreams {

    private final DefinitionCatalog catalog;
    private final SpecDefaults defaults;

    WantedStreams(DefinitionCatalog catalog) {
        this.catalog = catalog;
        this.defaults = SpecDefaults.fromEnvironment(System.getenv());
    }

    /** Returns the definitions that have streams. */
    List<Definition> definitions() {
        return catalog.current().byDatasource().values().stream()
                .filter(definition -> !definition.stream().isEmpty())
                .toList();
    }

    List<GeneratedSupervisor> supervisors(Definition definition) {
        return SupervisorGenerator.generate(definition, defaults).supervisors();
    }

    boolean isWanted(StreamOrder order) {
        return document(order.datasource(), order.cluster(), order.supervisor()).isPresent();
    }

    /** Returns the wanted supervisor with its marks; empty if the definition does not have it on the cluster. */
    Optional<ObjectNode> document(String datasource, String cluster, String supervisor) {
        return catalog.fresh()
                .find(datasource)
                .filter(definition -> definition.clusters().contains(cluster))
                .flatMap(definition -> supervisors(definition).stream()
                        .filter(one -> one.id().equals(supervisor))
                        .map(one -> one.bound(definition.hash()))
                        .findFirst());
    }

    /** Returns the wanted supervisor if it reads another topic than the one that runs. */
    Optional<ObjectNode> otherSource(StreamOrder order, StreamStatus status) {
        return otherSource(order.datasource(), order.cluster(), order.supervisor(), status.stream());
    }

    Optional<ObjectNode> otherSource(String datasource, String cluster, String supervisor, String stream) {
        return document(datasource, cluster, supervisor)
                .filter(document -> !source(document).equals(stream));
    }

    static String source(JsonNode document) {
        JsonNode ioConfig = document.at("/spec/ioConfig");
        return ioConfig.path("topic")
                .asText(ioConfig.path("topicPattern")
                        .asText(ioConfig.path("stream").asText()));
    }
}
