package sluice.entry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.entry.cli.api.ApiCall;
import sluice.entry.cli.api.ApiClient;
import sluice.entry.cli.api.ApiException;
import sluice.entry.cli.api.ApiResponse;

/** {@code apply}: activates definitions one by one, and reports the outcome of each. */
final class ApplyCommand {

    private final Arguments arguments;
    private final Console console;
    private final boolean asJson;

    /**
     * One definition to apply.
     *
     * @param match the {@code If-Match} header; null for none
     * @param none the {@code If-None-Match} header; null for none
     */
    private record Change(String file, String datasource, String text, @Nullable String match, @Nullable String none) {}

    ApplyCommand(Arguments arguments, Console console) throws UsageException {
        this.arguments = arguments;
        this.console = console;
        this.asJson =
                arguments.oneOf("--format", "text", Set.of("text", "json")).equals("json");
    }

    int run() throws UsageException, ApiException, IOException {
        ApiClient api = ApiOptions.client(arguments, console);
        List<Change> changes = arguments.has("--plan") ? planned() : given();
        List<ApplyResult> results = new ArrayList<>();
        for (Change change : changes) {
            ApplyResult result = apply(api, change);
            results.add(result);
            if (!asJson) {
                result.lines().forEach(console.out()::println);
            }
        }
        if (asJson) {
            console.out().println(ApplyResult.json(results));
        } else if (results.isEmpty()) {
            console.out().println("Nothing to apply: the plan has no changes.");
        }
        return results.stream().allMatch(ApplyResult::isActive) ? Main.GOOD : Main.FAILED;
    }

    private List<Change> planned() throws UsageException, IOException {
        if (!arguments.operands().isEmpty() || arguments.has("--if-match")) {
            throw new UsageException("--plan says what to apply: pass neither a FILE nor --if-match");
        }
        String name = arguments.value("--plan").orElseThrow();
        return PlanFile.read(Files.readString(Path.of(name)), name).definitions().stream()
                .map(planned -> new Change(
                        planned.file(),
                        planned.datasource(),
                        planned.text(),
                        planned.etag(),
                        planned.etag() == null ? "*" : null))
                .toList();
    }

    private List<Change> given() throws UsageException, IOException {
        List<SourceFile> definitions = DefinitionSources.read(arguments, console);
        String match = arguments.value("--if-match").orElse(null);
        if (match != null && definitions.size() > 1) {
            throw new UsageException("--if-match applies to one definition, but there are " + definitions.size()
                    + "; 'plan --out' and 'apply --plan' accept several");
        }
        List<Change> changes = new ArrayList<>();
        Map<String, String> files = new HashMap<>();
        for (SourceFile definition : definitions) {
            String datasource = DatasourceLookup.file(definition, console.environment());
            String other = files.put(datasource, definition.name());
            if (other != null) {
                throw new UsageException(
                        "nothing was applied: " + other + " and " + definition.name() + " both define " + datasource);
            }
            changes.add(new Change(definition.name(), datasource, definition.text(), match, null));
        }
        return changes;
    }

    private ApplyResult apply(ApiClient api, Change change) throws UsageException, ApiException {
        String type = change.text().stripLeading().startsWith("{") ? "application/json" : "application/yaml";
        ApiCall call = ApiCall.put(ApiCall.path("definitions", change.datasource()), type, change.text())
                .query("commit", arguments.value("--commit").orElse(null))
                .query("note", arguments.value("--note").orElse(null))
                .header("if-match", change.match())
                .header("if-none-match", change.none());
        try {
            ApiResponse answer = api.call(call);
            return ApplyResult.of(change.file(), change.datasource(), answer);
        } catch (ApiException refused) {
            if (refused.isAboutTheDocument()) {
                return ApplyResult.not(change.file(), change.datasource(), refused);
            }
            throw refused;
        }
    }
}
