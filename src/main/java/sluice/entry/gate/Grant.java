package sluice.entry.gate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Roles for those who match.
 *
 * @param principals patterns of ARNs; an IAM principal matches one of them
 * @param claims values by name; a token matches all of them; empty if no token matches
 * @param roles what they may do
 * @param datasources patterns of the datasources with which they may
 */
record Grant(List<NamePattern> principals, Map<String, String> claims, List<Role> roles, Set<NamePattern> datasources) {

    private static final Set<String> KEYS = Set.of("principals", "claims", "roles", "datasources");

    Grant {
        principals = List.copyOf(principals);
        claims = Map.copyOf(claims);
        roles = List.copyOf(roles);
        datasources = Set.copyOf(datasources);
        if (principals.isEmpty() == claims.isEmpty()) {
            throw new IllegalArgumentException("an entry needs either 'principals' or 'claims'");
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("an entry needs 'roles'");
        }
        if (datasources.isEmpty()) {
            throw new IllegalArgumentException("an entry without 'datasources' means all; an empty list means nothing");
        }
    }

    /**
     * Reads {@code {principals | claims, roles, datasources}}; {@code datasources} is {@code ["*"]} if missing.
     *
     * @throws IllegalArgumentException if the entry is malformed
     */
    static Grant of(JsonNode entry) {
        entry.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                        "'" + key + "' is not one of " + KEYS.stream().sorted().toList());
            }
        });
        Map<String, String> claims = new LinkedHashMap<>();
        entry.path("claims").properties().forEach(claim -> claims.put(claim.getKey(), text(claim.getValue())));
        List<NamePattern> datasources = patterns(entry.path("datasources"));
        return new Grant(
                patterns(entry.path("principals")),
                claims,
                texts(entry.path("roles")).stream().map(Grant::role).toList(),
                entry.has("datasources") ? Set.copyOf(datasources) : Set.of(NamePattern.ANY));
    }

    boolean matchesPrincipal(String arn) {
        return principals.stream().anyMatch(pattern -> pattern.matches(arn));
    }

    boolean matchesClaims(Map<String, Object> given) {
        return !claims.isEmpty()
                && claims.entrySet().stream().allMatch(claim -> has(given.get(claim.getKey()), claim.getValue()));
    }

    /** API Gateway passes a list as a text: {@code [a b]}. Scopes are separated by spaces already. */
    private static boolean has(@Nullable Object given, String wanted) {
        if (given == null) {
            return false;
        }
        String text = given.toString();
        if (text.equals(wanted)) {
            return true;
        }
        return text.startsWith("[")
                && text.endsWith("]")
                && Arrays.asList(text.substring(1, text.length() - 1).split("[ ,]+"))
                        .contains(wanted);
    }

    private static Role role(String word) {
        return Arrays.stream(Role.values())
                .filter(role -> role.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is not one of the roles "
                        + Arrays.stream(Role.values()).map(Role::word).toList()));
    }

    private static List<NamePattern> patterns(JsonNode list) {
        return texts(list).stream().map(NamePattern::new).toList();
    }

    private static List<String> texts(JsonNode list) {
        if (!list.isMissingNode() && !list.isArray()) {
            throw new IllegalArgumentException("'principals', 'roles' and 'datasources' are lists, not "
                    + list.getNodeType().name().toLowerCase(Locale.ROOT));
        }
        List<String> texts = new ArrayList<>();
        list.forEach(entry -> texts.add(text(entry)));
        return texts;
    }

    private static String text(JsonNode value) {
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new IllegalArgumentException("a value is not a text: " + value);
        }
        return value.textValue();
    }
}
