package sluice.entry.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import sluice.govern.registry.Active;
import sluice.govern.registry.ContendedException;
import sluice.govern.registry.Registry;
import sluice.govern.rollback.Rollback;
import sluice.govern.rollback.RollbackException;
import sluice.govern.rollback.Rollbacks;
import sluice.govern.settings.Reconciliations;

/** {@code /v1/definitions/{datasource}/rollback}: returns to an earlier version, and on request restores its data. */
@ApplicationScoped
class RollbackEndpoint implements Endpoint {

    private static final int LONGEST_KEY = 200;

    private final Registry registry;
    private final Rollbacks rollbacks;
    private final Reconciliations alignments;
    private final RequestBodies bodies;
    private final ObjectMapper mapper;

    RollbackEndpoint(
            Registry registry,
            Rollbacks rollbacks,
            Reconciliations alignments,
            RequestBodies bodies,
            ObjectMapper mapper) {
        this.registry = registry;
        this.rollbacks = rollbacks;
        this.alignments = alignments;
        this.bodies = bodies;
        this.mapper = mapper;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("POST", "/v1/definitions/{datasource}/rollback", Role.APPLY, this::start),
                new Route("GET", "/v1/definitions/{datasource}/rollbacks/{number}", Role.READ, this::find));
    }

    private Answer start(Request request) {
        JsonBody body = bodies.read(request);
        String datasource = request.inPath("datasource");
        if (body.flag("data")) {
            request.require(Role.OPERATE, datasource);
        }
        String key = request.idempotencyKey(LONGEST_KEY);
        Optional<Rollback> known = key == null ? Optional.empty() : rollbacks.ofRequest(datasource, key);
        if (known.isPresent()) {
            return started(datasource, known.get());
        }
        if (key == null && request.header("if-match").isEmpty() && to(body) == null) {
            throw new ProblemException(
                    428,
                    "Precondition required",
                    "Without 'to', a repeated call would go back twice: send an Idempotency-Key, or the entity tag of the"
                            + " active version as If-Match");
        }
        Active read = registry.active(datasource)
                .orElseThrow(() -> ProblemException.notFound("The registry has no definition of '" + datasource + "'"));
        if (request.header("if-match")
                .filter(tags -> !Encoding.matches(tags, read.etag()))
                .isPresent()) {
            throw ProblemException.preconditionFailed("The entity tag is " + read.etag());
        }
        Rollbacks.Order order =
                new Rollbacks.Order(to(body), body.flag("data"), request.author(), body.required("reason"), List.of());
        try {
            return started(datasource, rollbacks.request(read, order, key));
        } catch (RollbackException exception) {
            throw ProblemException.conflict("Nothing was rolled back: " + exception.getMessage());
        } catch (ContendedException exception) {
            throw ProblemException.preconditionFailed(exception.getMessage());
        }
    }

    private Answer started(String datasource, Rollback rollback) {
        ObjectNode view = view(rollback);
        alignments.attempt(datasource).ifPresent(alignment -> view.set("alignment", mapper.valueToTree(alignment)));
        return Answer.json(202, view).with("location", view.path("href").asText());
    }

    private Answer find(Request request) {
        String datasource = request.inPath("datasource");
        String number = request.inPath("number");
        return Answer.ok((number.matches("\\d{1,9}") ? Optional.of(number) : Optional.<String>empty())
                .flatMap(text -> rollbacks.find(datasource, Integer.parseInt(text)))
                .map(this::view)
                .orElseThrow(() ->
                        ProblemException.notFound("There is no rollback '" + number + "' of '" + datasource + "'")));
    }

    private static @Nullable Integer to(JsonBody body) {
        OptionalInt version = body.number("to");
        return version.isPresent() ? version.getAsInt() : null;
    }

    private ObjectNode view(Rollback rollback) {
        ObjectNode node = mapper.valueToTree(rollback);
        node.remove(List.of("version", "progress"));
        return node.put(
                "href",
                Route.path(
                        "/v1/definitions/{datasource}/rollbacks/{number}", rollback.datasource(), rollback.number()));
    }
}
