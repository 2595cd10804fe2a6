package sluice.entry.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.core.contract.Contract;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.definition.reader.ReadResult;
import sluice.core.spec.SpecPreview;
import sluice.govern.registry.DefinitionCatalog;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;

/** {@code POST /v1/lint}: returns findings about a definition or a Druid spec. Reads no state: only the versions of clusters. */
@ApplicationScoped
class LintEndpoint implements Endpoint {

    /** For an environment without clusters. */
    private static final String DEFAULT_VERSION = "33";

    private final DruidClusters clusters;
    private final DefinitionCatalog catalog;
    private final ObjectMapper mapper;

    LintEndpoint(DruidClusters clusters, DefinitionCatalog catalog, ObjectMapper mapper) {
        this.clusters = clusters;
        this.catalog = catalog;
        this.mapper = mapper;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route("POST", "/v1/lint", Role.PLAN, this::lint));
    }

    private Answer lint(Request request) {
        if (request.body().isBlank()) {
            throw ProblemException.badRequest("The body is empty: send a definition (YAML or JSON) or a Druid spec");
        }
        boolean isDefinition = DocumentKind.isDefinition(request.body());
        List<Finding> findings = contracts(request)
                .flatMap(contract ->
                        (isDefinition ? definition(request.body(), contract) : contract.check(request.body())).stream())
                .distinct()
                .toList();
        ObjectNode body = mapper.createObjectNode().put("kind", isDefinition ? "definition" : "spec");
        body.put("errors", count(findings, Severity.ERROR));
        body.put("warnings", count(findings, Severity.WARNING));
        body.set("findings", mapper.valueToTree(findings));
        return Answer.ok(body);
    }

    /** The one that the caller names, or else those of the environment's clusters. */
    private Stream<Contract> contracts(Request request) {
        Optional<String> named = request.inQuery("druid");
        if (named.filter(version -> !Contract.versions().contains(version)).isPresent()) {
            throw ProblemException.badRequest(
                    "There is no contract for Druid '" + named.get() + "', only for " + Contract.versions());
        }
        if (named.isPresent() || clusters.names().isEmpty()) {
            return Stream.of(Contract.forDruid(named.orElse(DEFAULT_VERSION)));
        }
        return clusters.names().stream()
                .sorted()
                .flatMap(name -> clusters.find(name).stream())
                .map(DruidCluster::contract);
    }

    private List<Finding> definition(String text, Contract contract) {
        ReadResult result = catalog.read(text);
        List<Finding> findings = new ArrayList<>(result.findings());
        if (result instanceof ReadResult.Valid valid) {
            findings.addAll(SpecPreview.findings(valid.definition(), contract));
        }
        return List.copyOf(findings);
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
