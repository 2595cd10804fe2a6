package sluice.platform.druid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sluice.core.json.RowQuotes;
import sluice.core.json.Secrets;
import sluice.platform.secrets.DefinitionSecrets;
import sluice.platform.secrets.SecretException;

/**
 * Puts secrets into what Druid gets, and takes them out of what it says. Druid quotes the specs that it refuses, and the
 * addresses that it cannot read, which may be presigned.
 */
final class DruidTexts {

    /**
     * An address and its query, without a comma at the end: Druid says {@code (Path: <address>, Record: 3, Line: 4)}.
     */
    private static final Pattern QUERY =
            Pattern.compile("(?i)(https?://[^\\s\"'<>?\\\\]+)\\?[^\\s\"'<>)\\]}\\\\]*(?<!,)");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String cluster;
    private final DefinitionSecrets secrets;

    DruidTexts(String cluster, DefinitionSecrets secrets) {
        this.cluster = cluster;
        this.secrets = secrets;
    }

    /**
     * Returns a JSON document for Druid with the values of its secrets.
     *
     * @throws DruidException with {@code UNAUTHORIZED} if a secret cannot be read
     */
    String resolved(String document) {
        try {
            return secrets.resolved(document);
        } catch (SecretException exception) {
            throw new DruidException(
                    DruidException.Code.UNAUTHORIZED, cluster, "not asked: " + exception.getMessage(), exception);
        }
    }

    /** Returns the answer, cleaned if it is an error or another text. A JSON document keeps its texts: see below. */
    DruidAnswer clean(DruidAnswer answer) {
        String start = answer.body().stripLeading();
        boolean isDocument = answer.status() / 100 == 2 && (start.startsWith("{") || start.startsWith("["));
        return isDocument || start.isEmpty()
                ? answer
                : new DruidAnswer(answer.cluster(), answer.request(), answer.status(), cleanBody(answer.body()));
    }

    /** Inside JSON a secret is spelled as JSON wants it, so the texts are looked at one by one. */
    private String cleanBody(String body) {
        try {
            return report(JSON.readTree(body)).toString();
        } catch (JsonProcessingException plain) {
            return error(body);
        }
    }

    /** Returns what Druid says about an error, without secrets, queries of addresses, and users in them. */
    String error(String text) {
        return withoutAddresses(secrets.hidden(text));
    }

    /** Returns the error of a task, also without what it may quote of rows. */
    @Nullable
    String errorOrNull(@Nullable String text) {
        return text == null ? null : RowQuotes.cutIfAboutRows(error(text));
    }

    /** Returns a document with texts for people, such as a report, cleaned like an error. */
    JsonNode report(JsonNode document) {
        return secrets.hidden(document, this::withoutAddresses);
    }

    /** Returns the sampler's answer. Its rows keep their addresses; its errors are cleaned. */
    JsonNode sample(JsonNode answer) {
        JsonNode clean = secrets.hidden(answer, UnaryOperator.identity());
        for (JsonNode row : clean.path("data")) {
            if (row instanceof ObjectNode object && row.path("error").isTextual()) {
                object.put("error", withoutAddresses(row.path("error").textValue()));
            }
        }
        return clean;
    }

    /** Returns settings, or a task, as Druid has them, with the placeholders that Sluice posted. */
    ObjectNode settings(ObjectNode document) {
        return secrets.hiddenUnderSecretKeys(document);
    }

    private String withoutAddresses(String text) {
        return text.contains("://")
                ? Secrets.withoutUserInfo(QUERY.matcher(text).replaceAll("$1"))
                : text;
    }
}
