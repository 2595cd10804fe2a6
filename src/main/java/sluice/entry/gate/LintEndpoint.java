package sluice.entry.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import sluice.core.contract.Contract;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.definition.reader.ReadResult;
import sluice.core.spec.SpecPreview;
import sluice.govern.registry.DefinitionCatalog;

/** {@code POST /v1/lint}: returns findings about a definition or a Druid spec. Reads no state. */
@ApplicationScoped
class LintEndpoint implements Endpoint {

    private static final String DEFAULT_VERSION = "33";

    private final DefinitionCatalog catalog;
    private final ObjectMapper mapper;

    LintEndpoint(DefinitionCatalog catalog, ObjectMapper mapper) {
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
        String version = request.inQuery("druid").orElse(DEFAULT_VERSION);
        if (!Contract.versions().contains(version)) {
            throw ProblemException.badRequest(
                    "There is no contract for Druid '" + version + "', only for " + Contract.versions());
        }
        boolean isDefinition = DocumentKind.isDefinition(request.body());
        List<Finding> findings = isDefinition
                ? definition(request.body(), Contract.forDruid(version))
                : Contract.forDruid(version).check(request.body());
        ObjectNode body = mapper.createObjectNode().put("kind", isDefinition ? "definition" : "spec");
        body.put("errors", count(findings, Severity.ERROR));
        body.put("warnings", count(findings, Severity.WARNING));
        body.set("findings", mapper.valueToTree(findings));
        return Answer.ok(body);
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
