package sluice.platform.druid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Druid's answer, which can be JSON, plain text, an HTML page (even with status 200) or empty. {@link #json} returns only
 * JSON with a success status. Everything else becomes a {@link DruidException} with a code and Druid's own message.
 */
record DruidAnswer(String cluster, String request, int status, String body) {

    private static final ObjectReader TREE = new ObjectMapper().readerFor(JsonNode.class);
    /** Tags of an HTML page, with the styles and scripts between them. */
    private static final Pattern TAGS = Pattern.compile("(?is)<(style|script)\\b.*?</\\1>|<[^>]*>");

    private static final int LONGEST_QUOTE = 2_000;
    /** What is read of a page. Its tags are found by a search that is quadratic in tags that stay open. */
    private static final int LONGEST_PAGE = 20_000;

    static DruidAnswer of(String cluster, String request, Response response) {
        try (response) {
            String body = response.readEntity(String.class);
            return new DruidAnswer(cluster, request, response.getStatus(), Objects.requireNonNullElse(body, ""));
        }
    }

    /** Returns the JSON of a successful answer. */
    JsonNode json() {
        requireSuccess();
        return parse();
    }

    /** Checks only the status, for calls that succeed without a body. A page of something between confirms nothing. */
    void requireSuccess() {
        if (status / 100 == 2 && body.stripLeading().startsWith("<")) {
            throw new DruidException(
                    DruidException.Code.UNEXPECTED,
                    cluster,
                    request + ": HTTP " + status + " with a page, not JSON: " + message());
        }
        if (status / 100 != 2) {
            throw new DruidException(code(), cluster, request + ": HTTP " + status + ": " + message());
        }
    }

    /** Returns true for an answer that callers can do something with: success, a refusal, or that there is no such thing. */
    boolean isExpected() {
        return status / 100 == 2 || status == 400 || status == 404;
    }

    boolean isUnauthorized() {
        return status == 401 || status == 403;
    }

    boolean isRefusal() {
        return status == 400;
    }

    /** Druid's own message, without its envelope, shortened so that it can be stored. */
    String message() {
        String text = body.strip();
        if (text.startsWith("{")) {
            JsonNode envelope = parse();
            text = envelope.path("errorMessage").asText(envelope.path("error").asText(text));
        } else if (text.startsWith("<")) {
            String page = text.substring(0, Math.min(text.length(), LONGEST_PAGE));
            text = TAGS.matcher(page).replaceAll(" ").replaceAll("\\s+", " ").strip();
        }
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }

    private DruidException.Code code() {
        return switch (status) {
            case 301, 302, 307, 308, 408, 425, 429, 502, 503, 504 -> DruidException.Code.UNAVAILABLE;
            case 401, 403 -> DruidException.Code.UNAUTHORIZED;
            case 404 -> DruidException.Code.NOT_FOUND;
            case 500 -> DruidException.Code.UNEXPECTED;
            default -> status >= 400 && status < 500 ? DruidException.Code.REFUSED : DruidException.Code.UNEXPECTED;
        };
    }

    private JsonNode parse() {
        if (body.isBlank()) {
            throw new DruidException(DruidException.Code.UNEXPECTED, cluster, request + ": empty answer");
        }
        try {
            return TREE.readValue(body);
        } catch (JsonProcessingException exception) {
            String text = body.stripLeading();
            // A document that breaks off may hold what its reader would have hidden. The parser's message quotes words
            // of it.
            boolean isDocument = text.startsWith("{") || text.startsWith("[");
            String start = isDocument
                    ? body.length() + " characters that break off or are malformed"
                    : text.substring(0, Math.min(text.length(), 200));
            throw new DruidException(
                    DruidException.Code.UNEXPECTED,
                    cluster,
                    request + ": HTTP " + status + " with a body that is not JSON: " + start,
                    isDocument ? null : exception);
        }
    }
}
