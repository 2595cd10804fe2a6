package sluice.simulation.druid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.TaskReport;
import sluice.platform.druid.TaskStatus;
import sluice.platform.secrets.DefinitionSecrets;
import sluice.platform.secrets.SecretException;

/**
 * What goes over the wire to Druid and back: secrets are put into documents and taken out of texts by the class that the
 * HTTP client uses for it. Druid can be made to quote all that it was given, secrets included.
 */
final class Texts {

    private final String cluster;
    private final List<String> given = new ArrayList<>();
    private DefinitionSecrets secrets;
    private boolean quotes;
    private Function<JsonNode, Optional<String>> refusals = document -> Optional.empty();

    Texts(String cluster) {
        this.cluster = cluster;
    }

    void secrets(DefinitionSecrets all) {
        secrets = all;
    }

    void quotes(boolean does) {
        quotes = does;
    }

    void refusals(Function<JsonNode, Optional<String>> all) {
        refusals = all;
    }

    /** The document as Druid gets it. */
    String resolved(String document) {
        try {
            String resolved = secrets == null ? document : secrets.resolved(document);
            given.add(resolved);
            return resolved;
        } catch (SecretException exception) {
            throw new DruidException(DruidException.Code.UNAUTHORIZED, cluster, "not asked: " + exception.getMessage());
        }
    }

    /** All documents that Druid was given. */
    List<String> given() {
        return List.copyOf(given);
    }

    /** What Druid refuses, quoting it. */
    Optional<String> refusal(JsonNode document) {
        return refusals.apply(document).map(reason -> hidden(reason, document));
    }

    /** A text of Druid about a document. */
    String hidden(String text, JsonNode about) {
        String said = quotes ? text + " " + about : text;
        return secrets == null ? said : secrets.hidden(said);
    }

    TaskStatus hidden(StoredTask task) {
        TaskStatus status = task.status();
        return status.error() == null
                ? status
                : new TaskStatus(
                        status.id(),
                        status.code(),
                        status.duration(),
                        hidden(status.error(), task.spec().json()));
    }

    TaskReport hidden(StoredTask task, TaskReport report) {
        return report.failure() == null
                ? report
                : new TaskReport(
                        report.processed(),
                        report.processedWithError(),
                        report.unparseable(),
                        report.thrownAway(),
                        report.segmentsPublished(),
                        report.errors(),
                        hidden(report.failure(), task.spec().json()));
    }

    JsonNode sample(JsonNode answer) {
        return secrets == null ? answer : secrets.hidden(answer, UnaryOperator.identity());
    }

    ObjectNode settings(ObjectNode live) {
        return secrets == null ? live : secrets.hiddenUnderSecretKeys(live);
    }
}
