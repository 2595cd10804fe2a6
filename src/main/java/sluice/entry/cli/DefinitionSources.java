package sluice.entry.cli;

import java.io.IOException;
import java.util.List;

/** The definitions that operands name. Druid specs that lie beside them in a directory are passed over. */
final class DefinitionSources {

    private DefinitionSources() {}

    /** @throws IOException where a file cannot be read or there is no definition at all: half of them would mislead */
    static List<SourceFile> read(Arguments arguments, Console console) throws IOException, UsageException {
        List<String> operands = arguments.atLeastOneOperand("a FILE");
        SourceFiles sources = SourceFiles.read(operands, console);
        if (sources.anyUnreadable()) {
            throw new IOException("nothing was sent");
        }
        List<SourceFile> definitions = sources.files().stream()
                .filter(file -> file.isDefinition() || operands.contains(file.name()))
                .toList();
        if (definitions.isEmpty()) {
            throw new IOException("there is no definition in " + String.join(", ", operands));
        }
        return definitions;
    }
}
