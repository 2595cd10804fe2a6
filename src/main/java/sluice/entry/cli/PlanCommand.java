package sluice.entry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import sluice.core.plan.DefinitionPlan.Changes;
import sluice.entry.cli.api.ApiClient;
import sluice.entry.cli.api.ApiException;

/** {@code plan}: asks the API what applying definitions would change, and prints it. */
final class PlanCommand {

    private final Arguments arguments;
    private final Console console;
    private final PlanReport report;

    PlanCommand(Arguments arguments, Console console) throws UsageException {
        this.arguments = arguments;
        this.console = console;
        this.report = PlanReport.of(arguments.oneOf("--format", "text", Set.of("text", "markdown", "json", "sarif")));
    }

    int run() throws UsageException, ApiException, IOException {
        ApiClient api = ApiOptions.client(arguments, console);
        List<SourceFile> definitions = DefinitionSources.read(arguments, console);
        List<PlanRequest> requests = SampleObjects.of(arguments.all("--object"))
                .requests(definitions, GivenVariables.of(arguments, console));
        List<FilePlan> plans = FilePlan.ask(api, definitions, requests, arguments.has("--allow-rewrite"));
        console.out().print(report.text(plans));
        Changes changes = FilePlan.overall(plans);
        if (changes == Changes.REFUSED) {
            return Main.FAILED;
        }
        String file = arguments.value("--out").orElse(null);
        if (file != null) {
            Files.writeString(Path.of(file), PlanFile.of(api, plans).text());
        }
        return changes == Changes.PRESENT ? Main.CHANGES : Main.GOOD;
    }
}
