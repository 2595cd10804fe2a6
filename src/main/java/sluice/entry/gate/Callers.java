package sluice.entry.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a caller may do. API Gateway has authenticated them. A caller whom it has not is refused, unless the gate is
 * open.
 *
 * <p>Without {@code sluice.gate.roles}, an IAM principal may do everything that its policies let through API Gateway, and the
 * bearer of a token, whom no policy limits, may read and plan.
 */
@ApplicationScoped
class Callers {

    private static final List<Role> ALL = List.of(Role.values());
    private static final List<Role> HARMLESS = List.of(Role.READ, Role.PLAN);

    private final boolean isOpen;
    private final @Nullable List<Grant> grants;

    /** @throws IllegalArgumentException if the roles are malformed */
    Callers(GateSettings settings, ObjectMapper mapper) {
        this.isOpen = settings.open();
        this.grants = settings.roles().map(text -> grants(text, mapper)).orElse(null);
    }

    private static List<Grant> grants(String text, ObjectMapper mapper) {
        try {
            JsonNode list = mapper.readTree(text);
            if (!list.isArray()) {
                throw new IllegalArgumentException("not a list");
            }
            List<Grant> grants = new ArrayList<>();
            list.forEach(entry -> grants.add(Grant.of(entry)));
            return List.copyOf(grants);
        } catch (JsonProcessingException | IllegalArgumentException malformed) {
            throw new IllegalArgumentException("SLUICE_GATE_ROLES: " + malformed.getMessage(), malformed);
        }
    }

    /** @throws ProblemException with status 401 if nobody has authenticated the caller */
    Caller of(ApiGatewayRequest call) {
        Optional<String> principal = call.principal();
        if (principal.isPresent()) {
            return caller(principal.get(), ALL, grant -> grant.matchesPrincipal(principal.get()));
        }
        Map<String, Object> claims = call.claims();
        Object subject = claims.get("sub");
        if (subject != null) {
            return caller(subject.toString(), HARMLESS, grant -> grant.matchesClaims(claims));
        }
        if (isOpen) {
            return Caller.of(ApiGatewayRequest.ANONYMOUS, ALL);
        }
        throw new ProblemException(
                401,
                "Unauthorized",
                "Nobody has authenticated the caller: the API needs an authorizer (AWS_IAM or JWT) in API Gateway");
    }

    private Caller caller(String name, List<Role> otherwise, Predicate<Grant> matching) {
        if (grants == null) {
            return Caller.of(name, otherwise);
        }
        Map<Role, Set<NamePattern>> datasources = new EnumMap<>(Role.class);
        grants.stream().filter(matching).forEach(grant -> grant.roles().forEach(role -> datasources
                .computeIfAbsent(role, first -> new HashSet<>())
                .addAll(grant.datasources())));
        return new Caller(name, datasources);
    }
}
