package sluice.entry.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import sluice.core.contract.FileFinding;
import sluice.entry.cli.event.EventValidator;

/** {@code validate-event}: validates events and prints the findings. An unreadable file does not block the others. */
final class ValidateEventCommand {

    private final Console console;
    private final FindingReport report;
    private final List<String> operands;

    ValidateEventCommand(Arguments arguments, Console console) throws UsageException {
        this.console = console;
        this.operands = arguments.atLeastOneOperand("a FILE");
        this.report =
                FindingReport.of(arguments.oneOf("--format", "text", Set.of("text", "json", "sarif")), console.style());
    }

    int run() throws IOException {
        SourceFiles sources = SourceFiles.read(operands, console);
        EventValidator validator = new EventValidator();
        List<FileFinding> found = new ArrayList<>();
        for (SourceFile file : sources.files()) {
            validator.validate(file.text()).forEach(finding -> found.add(new FileFinding(file.name(), finding)));
        }
        report.print(found, console.out());
        if (sources.anyUnreadable()) {
            return Main.UNUSABLE;
        }
        return found.isEmpty() ? Main.GOOD : Main.BAD;
    }
}
