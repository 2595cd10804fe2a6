package sluice.entry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sluice.entry.cli.api.ApiClient;
import sluice.entry.cli.api.ApiException;
import sluice.entry.cli.api.ApiResponse;

/** {@code apply}: activates definitions one by one, and reports the outcome of each. */
final class ApplyCommand {

    private final Arguments arguments;
    private final Console console;
    private final boolean asJson;

    ApplyCommand(Arguments arguments, Console console) throws UsageException {
        this.arguments = arguments;
        this.console = console;
        this.asJson = arguments.wantsJson();
    }

    int run() throws UsageException, ApiException, IOException {
        ApiClient api = ApiOptions.client(arguments, console);
        List<ApplyRequest> requests = arguments.has("--plan") ? planned() : given();
        List<ApplyResult> results = new ArrayList<>();
        Progress progress = new Progress(console);
        for (ApplyRequest request : requests) {
            progress.show("applying " + request.datasource() + ", " + (results.size() + 1) + " of " + requests.size());
            ApplyResult result = apply(api, request);
            progress.clear();
            results.add(result);
            if (!asJson) {
                print(result);
            }
        }
        if (asJson) {
            console.out().println(ApplyResult.json(results));
        } else if (results.isEmpty()) {
            console.out().println("Nothing to apply: the plan has no changes.");
        }
        return results.stream().allMatch(ApplyResult::isActive) ? Main.GOOD : Main.FAILED;
    }

    private List<ApplyRequest> planned() throws UsageException, IOException {
        if (!arguments.operands().isEmpty() || arguments.has("--if-match")) {
            throw new UsageException("--plan says what to apply: pass neither a FILE nor --if-match");
        }
        String name = arguments.value("--plan").orElseThrow();
        return ApplyRequest.ofPlan(PlanFile.read(Files.readString(Path.of(name)), name));
    }

    private List<ApplyRequest> given() throws UsageException, IOException {
        List<SourceFile> definitions = DefinitionSources.read(arguments, console);
        return ApplyRequest.ofFiles(definitions, arguments.value("--if-match"), GivenVariables.of(arguments, console));
    }

    private ApplyResult apply(ApiClient api, ApplyRequest request) throws UsageException, ApiException {
        try {
            ApiResponse response = api.call(request.call(
                    arguments.value("--commit"), arguments.value("--note"), arguments.has("--allow-rewrite")));
            return ApplyResult.of(request.file(), request.datasource(), response);
        } catch (ApiException refused) {
            if (refused.isAboutTheDocument()) {
                return ApplyResult.not(request.file(), request.datasource(), refused);
            }
            throw refused;
        }
    }

    private void print(ApplyResult result) {
        List<String> lines = result.lines();
        console.out().println(result.isActive() ? lines.get(0) : console.style().bad(lines.get(0)));
        lines.stream().skip(1).forEach(console.out()::println);
    }
}
