package sluice.entry.cli;

import java.io.IOException;
import java.util.List;

/** Reads the definitions that the operands name. Druid specs beside them in a directory are skipped. */
final class DefinitionSources {

    private DefinitionSources() {}

    /** @throws IOException if a file cannot be read or there is no definition: a partial result would mislead */
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
