package sluice.entry.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.entry.cli.api.ApiCall;

/**
 * One definition to apply.
 *
 * @param match the {@code If-Match} header; null for none
 * @param none the {@code If-None-Match} header; null for none
 */
record ApplyRequest(String file, String datasource, String text, @Nullable String match, @Nullable String none) {

    /** Applies what was planned, each definition only if its datasource has not changed since. */
    static List<ApplyRequest> ofPlan(PlanFile plan) {
        return plan.definitions().stream()
                .map(planned -> new ApplyRequest(
                        planned.file(),
                        planned.datasource(),
                        planned.text(),
                        planned.etag(),
                        planned.etag() == null ? "*" : null))
                .toList();
    }

    /** @throws UsageException if a datasource is unknown or defined twice, or the precondition is for several definitions */
    static List<ApplyRequest> ofFiles(
            List<SourceFile> definitions, Optional<String> match, Map<String, String> variables) throws UsageException {
        if (match.isPresent() && definitions.size() > 1) {
            throw new UsageException("--if-match applies to one definition, but there are " + definitions.size()
                    + "; 'plan --out' and 'apply --plan' accept several");
        }
        List<ApplyRequest> requests = new ArrayList<>();
        Map<String, String> files = new HashMap<>();
        for (SourceFile definition : definitions) {
            String datasource = DatasourceLookup.file(definition, variables);
            String other = files.put(datasource, definition.name());
            if (other != null) {
                throw new UsageException(
                        "nothing was applied: " + other + " and " + definition.name() + " both define " + datasource);
            }
            requests.add(new ApplyRequest(definition.name(), datasource, definition.text(), match.orElse(null), null));
        }
        return requests;
    }

    ApiCall call(Optional<String> commit, Optional<String> note, boolean allowRewrite) {
        String type = text.stripLeading().startsWith("{") ? "application/json" : "application/yaml";
        return ApiCall.put(ApiCall.path("definitions", datasource), type, text)
                .query("commit", commit.orElse(null))
                .query("note", note.orElse(null))
                .query("allowRewrite", allowRewrite ? "true" : null)
                .header("if-match", match)
                .header("if-none-match", none);
    }
}
