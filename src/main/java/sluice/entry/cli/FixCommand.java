package sluice.entry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sluice.core.contract.Contract;
import sluice.core.contract.FileFinding;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.contract.SpecFix;
import sluice.core.json.UnreadableTextException;
import sluice.entry.cli.api.ApiException;

/** {@code fix}: mends what needs no decision, shows the difference, and writes it with {@code --write}. */
final class FixCommand {

    private final Console console;
    private final Contract contract;
    private final List<String> operands;
    private final boolean write;

    FixCommand(Arguments arguments, Console console) throws UsageException, ApiException {
        this.console = console;
        this.operands = arguments.atLeastOneOperand("a FILE");
        this.contract = ContractOption.of(arguments, console);
        this.write = arguments.has("--write");
    }

    int run() throws IOException {
        SourceFiles sources = SourceFiles.read(operands, console);
        boolean anyError = false;
        for (SourceFile file : sources.files()) {
            if (file.isDefinition()) {
                console.err().println(file.name() + ": a definition, which has nothing that Druid removed: see lint");
                continue;
            }
            String mended = mended(file);
            show(file, mended);
            List<Finding> left = new SourceFile(file.name(), mended).spec(contract);
            left.stream()
                    .filter(finding -> finding.severity() != Severity.INFO)
                    .flatMap(finding -> TextReport.lines(new FileFinding(file.name(), finding)).stream())
                    .forEach(console.err()::println);
            anyError |= Finding.anyError(left);
        }
        if (sources.anyUnreadable()) {
            return Main.UNUSABLE;
        }
        return anyError ? Main.BAD : Main.GOOD;
    }

    /** Returns the text as it is if it cannot be read: what is left says why. */
    private String mended(SourceFile file) {
        try {
            SpecFix fix = SourceFile.isYaml(file.name())
                    ? SpecFix.yaml(file.text(), contract)
                    : SpecFix.json(file.text(), contract);
            return fix.text();
        } catch (UnreadableTextException unreadable) {
            return file.text();
        }
    }

    private void show(SourceFile file, String mended) throws IOException {
        boolean piped = file.name().equals(SourceFile.STANDARD_INPUT);
        if (write && piped) {
            console.out().print(mended);
            return;
        }
        console.out().print(UnifiedDiff.of(file.name(), file.text(), mended));
        if (write && !mended.equals(file.text())) {
            Files.writeString(Path.of(file.name()), mended);
        }
    }
}
