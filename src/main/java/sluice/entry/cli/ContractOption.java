package sluice.entry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import sluice.core.contract.Contract;
import sluice.entry.cli.api.ApiCall;
import sluice.entry.cli.api.ApiException;

/**
 * The contract of {@code --druid}: of a version, or with {@code auto} that of a cluster of the environment, which says its version
 * and the extensions that it loads.
 */
final class ContractOption {

    private static final String AUTO = "auto";
    private static final String DEFAULT = "33";

    private ContractOption() {}

    /** @throws ApiException if the environment does not answer */
    static Contract of(Arguments arguments, Console console) throws UsageException, ApiException {
        Set<String> known = new TreeSet<>(Contract.versions());
        known.add(AUTO);
        String version = arguments.oneOf("--druid", DEFAULT, known);
        Contract contract = version.equals(AUTO) ? ofCluster(arguments, console) : Contract.forDruid(version);
        return contract.with(ExtensionFiles.read(arguments.all("--extension")));
    }

    private static Contract ofCluster(Arguments arguments, Console console) throws UsageException, ApiException {
        JsonNode cluster = cluster(arguments, console);
        Contract contract = Contract.forDruid(cluster.path("contract").asText());
        Set<String> loaded = new HashSet<>();
        cluster.path("extensions").forEach(extension -> loaded.add(extension.asText()));
        return loaded.isEmpty() ? contract : contract.loading(loaded);
    }

    private static JsonNode cluster(Arguments arguments, Console console) throws UsageException, ApiException {
        JsonNode clusters = ApiOptions.client(arguments, console)
                .call(ApiCall.get(ApiCall.path("clusters")))
                .body()
                .path("clusters");
        String wanted = arguments.value("--cluster").orElse(null);
        List<String> names = new ArrayList<>();
        for (JsonNode cluster : clusters) {
            String name = cluster.path("name").asText();
            if (name.equals(wanted) || wanted == null && clusters.size() == 1) {
                return answering(cluster);
            }
            names.add(name);
        }
        throw new UsageException(
                wanted == null
                        ? "--druid auto needs --cluster with one of " + String.join(", ", names)
                        : "the environment has no cluster '" + wanted + "', only " + String.join(", ", names));
    }

    /** Without an answer the environment says some version, which nobody should take for the cluster's. */
    private static JsonNode answering(JsonNode cluster) throws UsageException {
        if (!cluster.path("reachable").asBoolean()) {
            throw new UsageException(
                    "--druid auto: cluster " + cluster.path("name").asText() + " does not answer: "
                            + cluster.path("error").asText());
        }
        return cluster;
    }
}
