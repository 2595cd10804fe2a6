package sluice.entry.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.core.definition.reader.ReadResult;
import sluice.core.json.Change;
import sluice.core.json.JsonDifference;
import sluice.core.json.Secrets;
import sluice.core.spec.SpecPreview;
import sluice.govern.drift.CompatibilityCheck;
import sluice.govern.drift.RewriteGuard;
import sluice.govern.plan.ExtensionCheck;
import sluice.govern.plan.UnknownCluster;
import sluice.govern.plan.VersionCheck;
import sluice.govern.registry.Active;
import sluice.govern.registry.ContendedException;
import sluice.govern.registry.DefinitionCatalog;
import sluice.govern.registry.Proposal;
import sluice.govern.registry.Registry;
import sluice.govern.registry.Version;
import sluice.govern.settings.Reconciliations;
import sluice.platform.druid.DruidClusters;

/** {@code /v1/definitions}: applies definitions, and shows active and earlier ones. */
@ApplicationScoped
class DefinitionsEndpoint implements Endpoint {

    static final String ALLOW_REWRITE = "allowRewrite";

    private static final int PAGE = 50;
    private static final int MOST = 500;
    private static final int LONGEST_NOTE = 2_000;
    private static final int LONGEST_COMMIT = 100;

    private final Registry registry;
    private final DefinitionCatalog catalog;
    private final DruidClusters clusters;
    private final Reconciliations alignments;
    private final RewriteGuard rewrites;
    private final ObjectMapper mapper;

    DefinitionsEndpoint(
            Registry registry,
            DefinitionCatalog catalog,
            DruidClusters clusters,
            Reconciliations alignments,
            RewriteGuard rewrites,
            ObjectMapper mapper) {
        this.registry = registry;
        this.catalog = catalog;
        this.clusters = clusters;
        this.alignments = alignments;
        this.rewrites = rewrites;
        this.mapper = mapper;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/v1/definitions", Role.READ, this::list),
                new Route("PUT", "/v1/definitions/{datasource}", Role.APPLY, this::apply),
                new Route("GET", "/v1/definitions/{datasource}", Role.READ, this::active),
                new Route("GET", "/v1/definitions/{datasource}/versions", Role.READ, this::versions),
                new Route("GET", "/v1/definitions/{datasource}/versions/{number}", Role.READ, this::version),
                new Route("GET", "/v1/definitions/{datasource}/history", Role.READ, this::history),
                new Route("GET", "/v1/definitions/{datasource}/alignment", Role.READ, this::alignment));
    }

    private Answer list(Request request) {
        ObjectNode body = mapper.createObjectNode();
        ArrayNode list = body.putArray("definitions");
        registry.actives().stream()
                .filter(active -> request.caller().may(Role.READ, active.datasource()))
                .forEach(active -> list.addObject()
                        .put("datasource", active.datasource())
                        .put("version", active.version())
                        .put("hash", active.hash())
                        .put("href", href(active.datasource(), active.version())));
        return Answer.ok(body);
    }

    private Answer apply(Request request) {
        String datasource = request.inPath("datasource");
        boolean allowRewrite = request.isInQuery(ALLOW_REWRITE);
        Definition definition = checked(datasource, request.body(), allowRewrite);
        Optional<Active> read = registry.active(datasource);
        require(request, read);
        Proposal proposal = new Proposal(
                definition,
                request.body(),
                request.author(),
                limited(request, "commit", LONGEST_COMMIT),
                limited(request, "note", LONGEST_NOTE));
        try {
            Active active = registry.apply(proposal, read);
            boolean changed = !read.equals(Optional.of(active));
            Version version = registry.version(datasource, active.version()).orElseThrow();
            ObjectNode body = view(version).put("changed", changed);
            if (!changed || allowRewrite) {
                alignments.again(active, request.author(), allowRewrite);
            }
            List<Finding> versions = clusterWarnings(definition);
            if (!versions.isEmpty()) {
                body.set("findings", mapper.valueToTree(versions));
            }
            alignments.attempt(datasource).ifPresent(alignment -> body.set("alignment", mapper.valueToTree(alignment)));
            return Answer.json(changed && active.version() == 1 ? 201 : 200, body)
                    .with("etag", active.etag())
                    .with("location", href(active.datasource(), active.version()));
        } catch (ContendedException exception) {
            throw ProblemException.preconditionFailed(exception.getMessage());
        }
    }

    /** Returns the definition if it may become active. */
    private Definition checked(String datasource, String text, boolean allowRewrite) {
        ReadResult result = catalog.read(text);
        List<Finding> findings = new ArrayList<>(result.findings());
        if (result instanceof ReadResult.Valid valid) {
            Definition definition = valid.definition();
            if (!definition.datasource().equals(datasource)) {
                throw ProblemException.unprocessable(
                        "The definition is of datasource '" + definition.datasource() + "', the path of '" + datasource
                                + "'",
                        findings);
            }
            findings.addAll(clusterFindings(definition));
            Optional<Definition> inForce = catalog.fresh().find(datasource);
            inForce.map(before -> CompatibilityCheck.of(before, definition)).ifPresent(findings::addAll);
            rewrites.finding(inForce, definition, allowRewrite).ifPresent(findings::add);
            if (!Finding.anyError(findings)) {
                return definition;
            }
        }
        throw ProblemException.unprocessable("The definition has errors and was not applied", findings);
    }

    private List<Finding> clusterWarnings(Definition definition) {
        return definition.clusters().stream()
                .flatMap(name -> clusters.find(name).stream())
                .flatMap(cluster -> Stream.concat(
                        VersionCheck.of(definition, cluster).stream(), ExtensionCheck.of(definition, cluster).stream()))
                .toList();
    }

    private List<Finding> clusterFindings(Definition definition) {
        List<Finding> findings = new ArrayList<>();
        for (int index = 0; index < definition.clusters().size(); index++) {
            String name = definition.clusters().get(index);
            int place = index;
            clusters.find(name)
                    .ifPresentOrElse(
                            cluster -> findings.addAll(SpecPreview.findings(definition, cluster.contract())),
                            () -> findings.add(UnknownCluster.finding(place, name, clusters.names())));
        }
        return findings.stream().distinct().toList();
    }

    /** Checks the conditions of RFC 9110: {@code If-Match} with an entity tag, {@code If-None-Match: *} for the first version. */
    private static void require(Request request, Optional<Active> read) {
        Optional<String> match = request.header("if-match");
        if (match.isPresent()
                && (read.isEmpty() || !Encoding.matches(match.get(), read.get().etag()))) {
            throw ProblemException.preconditionFailed("If-Match is " + match.get() + ", but "
                    + read.map(active -> "the entity tag is " + active.etag()).orElse("there is no version yet"));
        }
        if (request.header("if-none-match").equals(Optional.of("*")) && read.isPresent()) {
            throw ProblemException.preconditionFailed(
                    "If-None-Match is *, but version " + read.get().version() + " is active");
        }
    }

    private Answer active(Request request) {
        Active active = known(request.inPath("datasource"));
        Version version =
                registry.version(active.datasource(), active.version()).orElseThrow();
        if (request.header("accept").filter(accept -> accept.contains("yaml")).isPresent()) {
            return new Answer(200, "application/yaml", version.text(), Map.of()).with("etag", active.etag());
        }
        return Answer.ok(view(version)).with("etag", active.etag());
    }

    private Answer versions(Request request) {
        Active active = known(request.inPath("datasource"));
        ObjectNode body = mapper.createObjectNode().put("active", active.version());
        ArrayNode list = body.putArray("versions");
        registry.versions(active.datasource(), request.number("limit", PAGE, 1, MOST))
                .forEach(version -> {
                    ObjectNode node = view(version);
                    node.remove("text");
                    list.add(node);
                });
        return Answer.ok(body);
    }

    private Answer version(Request request) {
        String datasource = request.inPath("datasource");
        Version version = known(datasource, request.inPath("number"));
        ObjectNode body = view(version);
        request.inQuery("comparedWith")
                .flatMap(number -> changes(known(datasource, number), version))
                .ifPresent(changes -> body.set("changes", mapper.valueToTree(changes)));
        return Answer.ok(body);
    }

    private Version known(String datasource, String number) {
        return (number.matches("\\d{1,9}") ? Optional.of(number) : Optional.<String>empty())
                .flatMap(text -> registry.version(datasource, Integer.parseInt(text)))
                .orElseThrow(() ->
                        ProblemException.notFound("There is no version '" + number + "' of '" + datasource + "'"));
    }

    /** Empty if this version of Sluice cannot read one of the two. */
    private Optional<List<Change>> changes(Version before, Version after) {
        return document(before)
                .flatMap(left -> document(after).map(right -> Secrets.hidden(JsonDifference.between(left, right))));
    }

    private Optional<JsonNode> document(Version version) {
        return catalog.read(version.text()) instanceof ReadResult.Valid valid
                ? Optional.of(valid.definition().document())
                : Optional.empty();
    }

    private Answer history(Request request) {
        Active active = known(request.inPath("datasource"));
        ObjectNode body = mapper.createObjectNode().put("active", active.version());
        body.set(
                "activations",
                mapper.valueToTree(registry.history(active.datasource(), request.number("limit", PAGE, 1, MOST))));
        return Answer.ok(body);
    }

    private Answer alignment(Request request) {
        String datasource = request.inPath("datasource");
        return Answer.ok(mapper.valueToTree(alignments
                .find(datasource)
                .orElseThrow(() -> ProblemException.notFound("No settings of '" + datasource
                        + "' were brought in line yet: the registry has no definition of it, and no file that wants"
                        + " streams, retention or compaction"))));
    }

    private Active known(String datasource) {
        return registry.active(datasource)
                .orElseThrow(() -> ProblemException.notFound("The registry has no definition of '" + datasource
                        + "'; one that lies in a file is not in it"));
    }

    private ObjectNode view(Version version) {
        ObjectNode node = mapper.valueToTree(version);
        return node.put("href", href(version.datasource(), version.number()));
    }

    private static String href(String datasource, int version) {
        return Route.path("/v1/definitions/{datasource}/versions/{number}", datasource, version);
    }

    private static @Nullable String limited(Request request, String name, int longest) {
        String value = request.inQuery(name).orElse(null);
        if (value != null && value.length() > longest) {
            throw ProblemException.badRequest("'" + name + "' has more than " + longest + " characters");
        }
        return value;
    }
}
