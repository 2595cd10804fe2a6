package sluice.entry.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.FileFinding;
import sluice.core.contract.Finding;
import sluice.entry.cli.api.ApiException;
import sluice.entry.cli.api.ApiResponse;

/**
 * The outcome of applying a definition.
 *
 * @param outcome created, changed, unchanged, stale (the datasource has changed in the meantime) or refused
 * @param version the active version; null if not applied
 * @param etag for a later {@code --if-match}; null if not applied
 * @param problem why it was not applied; null if it was
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ApplyResult(
        String file,
        String datasource,
        String outcome,
        @Nullable Integer version,
        @Nullable String etag,
        @Nullable String problem,
        List<Finding> findings) {

    private static final String STALE = "stale";
    private static final String REFUSED = "refused";

    static ApplyResult of(String file, String datasource, ApiResponse answer) {
        String outcome = !answer.body().path("changed").asBoolean()
                ? "unchanged"
                : answer.status() == 201 ? "created" : "changed";
        return new ApplyResult(
                file,
                datasource,
                outcome,
                answer.body().path("number").asInt(),
                answer.etag().orElse(null),
                null,
                List.of());
    }

    static ApplyResult not(String file, String datasource, ApiException refused) {
        return new ApplyResult(
                file,
                datasource,
                refused.isStale() ? STALE : REFUSED,
                null,
                null,
                refused.getMessage(),
                refused.findings());
    }

    static String json(List<ApplyResult> results) {
        try {
            return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(results);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Records of texts are JSON", impossible);
        }
    }

    boolean isActive() {
        return !outcome.equals(STALE) && !outcome.equals(REFUSED);
    }

    List<String> lines() {
        String about = file + " (" + datasource + "): ";
        if (isActive()) {
            return List.of(about
                    + switch (outcome) {
                        case "created" -> "version " + version + " is active, the first one";
                        case "changed" -> "version " + version + " is active";
                        default -> "unchanged, version " + version + " stays active";
                    });
        }
        List<String> lines = new ArrayList<>();
        lines.add(about + "not applied. " + problem);
        findings.forEach(finding -> lines.addAll(TextReport.lines(new FileFinding(file, finding))));
        if (outcome.equals(STALE)) {
            lines.add("    -> somebody else was faster; plan again");
        }
        return lines;
    }
}
