package sluice.entry.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import sluice.core.batch.S3Location;
import sluice.core.plan.DefinitionPlan;
import sluice.core.plan.DefinitionPlan.Changes;
import sluice.core.plan.PlanMarkdown;
import sluice.govern.plan.DefinitionPlanner;
import sluice.govern.plan.Sarif;

/** {@code POST /v1/plan}: shows what applying definitions would change. Writes nothing. */
@ApplicationScoped
class PlanEndpoint implements Endpoint {

    private static final String MARKDOWN = "text/markdown";
    private static final String SARIF = "application/sarif+json";

    private final DefinitionPlanner planner;
    private final RequestBodies bodies;
    private final ObjectMapper mapper;

    PlanEndpoint(DefinitionPlanner planner, RequestBodies bodies, ObjectMapper mapper) {
        this.planner = planner;
        this.bodies = bodies;
        this.mapper = mapper;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route("POST", "/v1/plan", Role.PLAN, this::plan));
    }

    private Answer plan(Request request) {
        if (request.body().isBlank()) {
            throw ProblemException.badRequest("The body is empty: send a definition, or {definitions, objects}");
        }
        List<String> texts = List.of(request.body());
        List<S3Location> sample = List.of();
        if (!DocumentKind.isDefinition(request.body())) {
            JsonBody body = bodies.read(request);
            texts = body.list("definitions").stream().map(PlanEndpoint::text).toList();
            sample = body.list("objects").stream().map(RunsEndpoint::location).toList();
        }
        List<S3Location> objects = sample;
        boolean allowRewrite = request.isInQuery(DefinitionsEndpoint.ALLOW_REWRITE);
        List<DefinitionPlan> plans = texts.stream()
                .map(text -> planner.plan(text, objects, allowRewrite))
                .toList();
        // A plan writes nothing, so it may be made before it is known of what.
        plans.stream()
                .map(DefinitionPlan::datasource)
                .filter(Objects::nonNull)
                .forEach(datasource -> request.require(Role.PLAN, datasource));
        plans = plans.stream().map(plan -> shown(plan, request)).toList();
        String accept = request.header("accept").orElse(Answer.JSON);
        if (accept.contains(MARKDOWN)) {
            return new Answer(200, MARKDOWN, PlanMarkdown.of(plans), Map.of());
        }
        if (accept.contains(SARIF)) {
            return new Answer(200, SARIF, Sarif.of(plans), Map.of());
        }
        ObjectNode answer = mapper.createObjectNode().put("changes", word(overall(plans)));
        answer.set("plans", mapper.valueToTree(plans));
        answer.path("plans").forEach(plan -> ((ObjectNode) plan)
                .put("changes", plan.path("changes").asText().toLowerCase(Locale.ROOT)));
        return Answer.ok(answer);
    }

    /** Without the role for it, a plan says how many rows there are and shows none. */
    private static DefinitionPlan shown(DefinitionPlan plan, Request request) {
        String datasource = plan.datasource();
        return datasource == null || request.caller().may(Role.DATA, datasource) ? plan : plan.withoutRows();
    }

    /** Returns the text of a definition, which a body has as a string or as a JSON object. */
    private static String text(JsonNode definition) {
        return definition.isTextual() ? definition.textValue() : definition.toString();
    }

    private static Changes overall(List<DefinitionPlan> plans) {
        return plans.stream()
                .map(DefinitionPlan::changes)
                .reduce(Changes.NONE, (left, right) -> left.compareTo(right) > 0 ? left : right);
    }

    private static String word(Changes changes) {
        return changes.name().toLowerCase(Locale.ROOT);
    }
}
