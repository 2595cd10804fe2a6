package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import sluice.core.definition.Definition;
import sluice.ingest.ActiveDefinitions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;

/** Finds the definition and the clusters that a request is for. */
@ApplicationScoped
class RequestTargets {

    private final ActiveDefinitions definitions;
    private final DruidClusters clusters;

    RequestTargets(ActiveDefinitions definitions, DruidClusters clusters) {
        this.definitions = definitions;
        this.clusters = clusters;
    }

    /** @throws LoadRequestException if there is no definition that can be read, or it loads no files */
    Definition definition(LoadRequest order) {
        Definition definition = definitions
                .fresh()
                .find(order.datasource())
                .orElseThrow(() -> new LoadRequestException(
                        LoadRequestException.Code.UNKNOWN_DATASOURCE,
                        "there is no definition of datasource '" + order.datasource() + "' that can be read"));
        if (definition.batch() == null) {
            throw impossible("the definition of " + order.datasource() + " has no batch part");
        }
        return definition;
    }

    /** @throws LoadRequestException if the definition or the environment does not name one of the clusters */
    List<DruidCluster> clusters(LoadRequest order, Definition definition) {
        List<String> names = order.clusters().isEmpty() ? definition.clusters() : order.clusters();
        return names.stream()
                .distinct()
                .map(name -> {
                    if (!definition.clusters().contains(name)) {
                        throw impossible("the definition is for " + definition.clusters() + ", not for " + name);
                    }
                    return clusters.find(name)
                            .orElseThrow(() -> impossible(
                                    "the environment has no cluster " + name + ", only " + clusters.names()));
                })
                .toList();
    }

    private static LoadRequestException impossible(String message) {
        return new LoadRequestException(LoadRequestException.Code.IMPOSSIBLE, message);
    }
}
