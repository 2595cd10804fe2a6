package sluice.entry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import sluice.core.contract.Contract;
import sluice.core.contract.FileFinding;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.definition.reader.ReadResult;
import sluice.core.spec.SpecPreview;
import sluice.entry.cli.api.ApiException;

/** {@code lint}: checks files and prints the findings. An unreadable file does not block the others. */
final class LintCommand {

    private final Console console;
    private final Contract contract;
    private final FindingReport report;
    private final Severity least;
    private final List<String> operands;
    private final boolean skipsUnrelated;
    private final Map<String, String> variables;
    private final Map<String, String> specs = new LinkedHashMap<>();

    LintCommand(Arguments arguments, Console console) throws UsageException, ApiException {
        this.console = console;
        this.variables = GivenVariables.of(arguments, console);
        this.skipsUnrelated = arguments.has("--skip-unrelated");
        this.operands = arguments.atLeastOneOperand("a FILE");
        this.contract = ContractOption.of(arguments, console);
        this.report =
                FindingReport.of(arguments.oneOf("--format", "text", Set.of("text", "json", "sarif")), console.style());
        this.least = Severity.valueOf(arguments
                .oneOf("--severity", "warning", Set.of("error", "warning", "info"))
                .toUpperCase(Locale.ROOT));
    }

    int run() throws IOException {
        SourceFiles sources = SourceFiles.read(operands, console);
        List<FileFinding> found = new ArrayList<>();
        List<SourceFile> files = sources.files();
        if (skipsUnrelated) {
            RelatedFiles related = new RelatedFiles(contract);
            files = files.stream().filter(related::contain).toList();
        }
        for (SourceFile file : files) {
            findings(file).forEach(finding -> found.add(new FileFinding(file.name(), finding)));
        }
        together(found);
        boolean anyError = found.stream().anyMatch(located -> located.finding().severity() == Severity.ERROR);
        List<FileFinding> shown = found.stream()
                .filter(located -> located.finding().severity().compareTo(least) <= 0)
                .toList();
        report.print(shown, console.out());
        if (sources.anyUnreadable()) {
            return Main.UNUSABLE;
        }
        return anyError ? Main.BAD : Main.GOOD;
    }

    private List<Finding> findings(SourceFile file) {
        if (file.isDefinition()) {
            return ofDefinition(file.definition(variables), contract);
        }
        List<Finding> found = file.spec(contract);
        if (!SourceFile.isYaml(file.name())
                && found.stream().noneMatch(finding -> finding.code().startsWith("SLU-3"))) {
            specs.put(file.name(), file.text());
        }
        return found;
    }

    /** Returns the findings about a definition, and about the spec that it generates for a file. */
    static List<Finding> ofDefinition(ReadResult result, Contract contract) {
        List<Finding> findings = new ArrayList<>(result.findings());
        if (result instanceof ReadResult.Valid valid) {
            findings.addAll(SpecPreview.findings(valid.definition(), contract));
        }
        return List.copyOf(findings);
    }

    /** Checks the specs of one datasource against each other. */
    private void together(List<FileFinding> found) throws IOException {
        if (specs.size() < 2) {
            return;
        }
        ObjectMapper mapper = new ObjectMapper();
        Map<String, JsonNode> documents = new LinkedHashMap<>();
        for (Map.Entry<String, String> spec : specs.entrySet()) {
            documents.put(spec.getKey(), mapper.readTree(spec.getValue()));
        }
        documents.forEach((file, appending) -> documents.forEach((other, compaction) -> {
            if (!file.equals(other)) {
                contract.checkTogether(appending, compaction)
                        .forEach(finding -> found.add(new FileFinding(file, finding)));
            }
        }));
    }
}
