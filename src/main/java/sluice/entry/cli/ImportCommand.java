package sluice.entry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.Contract;
import sluice.core.contract.FileFinding;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.entry.cli.importer.ImportOptions;
import sluice.entry.cli.importer.ImportResult;
import sluice.entry.cli.importer.SpecImport;

/** {@code import}: writes the definition for a Druid spec, and reports on standard error what it cannot express. */
final class ImportCommand {

    private static final String DEFAULT_CLUSTER = "main";

    private final Arguments arguments;
    private final Console console;

    ImportCommand(Arguments arguments, Console console) {
        this.arguments = arguments;
        this.console = console;
    }

    int run() throws UsageException, IOException {
        String name = arguments.operand("SPEC.json");
        Contract contract = Contract.forDruid(arguments.oneOf("--druid", "33", Contract.versions()));
        List<String> clusters = arguments.all("--cluster");
        ImportOptions options = new ImportOptions(
                clusters.isEmpty() ? List.of(DEFAULT_CLUSTER) : clusters,
                arguments.value("--source").orElse(null),
                arguments.value("--time-chunk").orElse(null));
        ImportResult imported = SpecImport.of(text(name), options);
        List<Finding> findings = new ArrayList<>(imported.findings());
        findings.forEach(finding -> tell(name, finding));
        if (imported.definition() == null) {
            return Main.UNUSABLE;
        }
        String file = arguments.value("--out").orElse(null);
        write(imported.yaml(), file);
        // What is wrong with the definition was wrong with the spec, or is missing for a reason reported above.
        SourceFile definition = new SourceFile(file == null ? "definition.yaml" : file, imported.yaml());
        LintCommand.ofDefinition(definition.definition(Map.of()), contract).forEach(finding -> {
            findings.add(finding);
            tell(definition.name(), finding);
        });
        return Finding.anyError(findings) ? Main.BAD : Main.GOOD;
    }

    private String text(String name) throws IOException {
        return name.equals(SourceFile.STANDARD_INPUT) ? console.input() : Files.readString(Path.of(name));
    }

    private void write(String yaml, @Nullable String file) throws IOException {
        if (file == null) {
            console.out().print(yaml);
        } else {
            Files.writeString(Path.of(file), yaml);
        }
    }

    /** As lint does, without infos. */
    private void tell(String file, Finding finding) {
        if (finding.severity() == Severity.INFO) {
            return;
        }
        TextReport.lines(new FileFinding(file, finding)).forEach(console.err()::println);
    }
}
