package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import sluice.core.definition.Definition;
import sluice.ingest.ActiveDefinitions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;

/** Finds the definition and the clusters that a load request is about. */
@ApplicationScoped
class RequestTargets {

    private final ActiveDefinitions definitions;
    private final DruidClusters clusters;

    RequestTargets(ActiveDefinitions definitions, DruidClusters clusters) {
        this.definitions = definitions;
        this.clusters = clusters;
    }

    /**
     * Returns the active definition, which has a batch part.
     *
     * @throws LoadRequestException if there is none
     */
    Definition definition(LoadRequest request) {
        Definition definition = definitions
                .fresh()
                .find(request.datasource())
                .orElseThrow(() -> new LoadRequestException(
                        LoadRequestException.Code.UNKNOWN_DATASOURCE,
                        "there is no definition of datasource '" + request.datasource() + "' that can be read"));
        if (definition.batch() == null) {
            throw impossible("the definition of " + request.datasource() + " has no batch part");
        }
        return definition;
    }

    /**
     * Returns the requested clusters, or all clusters of the definition.
     *
     * @throws LoadRequestException if the definition does not name one of them or the environment does not have it
     */
    List<DruidCluster> clusters(LoadRequest request, Definition definition) {
        List<String> names = request.clusters().isEmpty() ? definition.clusters() : request.clusters();
        return names.stream().distinct().map(name -> cluster(name, definition)).toList();
    }

    private DruidCluster cluster(String name, Definition definition) {
        if (!definition.clusters().contains(name)) {
            throw impossible("the definition is for " + definition.clusters() + ", not for " + name);
        }
        return clusters.find(name)
                .orElseThrow(() -> impossible("the environment has no cluster " + name + ", only " + clusters.names()));
    }

    private static LoadRequestException impossible(String message) {
        return new LoadRequestException(LoadRequestException.Code.IMPOSSIBLE, message);
    }
}
