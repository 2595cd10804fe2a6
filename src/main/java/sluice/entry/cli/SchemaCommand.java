package sluice.entry.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Set;
import sluice.core.contract.Contract;

/** {@code schema}: prints one of the schemas as a self-contained file. */
final class SchemaCommand {
    private static final Set<String> DRUID = Set.of("task", "supervisor", "compactionConfig", "rules");

    private final Arguments arguments;
    private final PrintStream out;

    SchemaCommand(Arguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    int run() throws UsageException, IOException {
        String name = arguments.operand("the schema's name");
        String druid = arguments.oneOf("--druid", "33", Contract.versions());
        if (name.equals("definition")) {
            try (InputStream schema = SchemaCommand.class.getResourceAsStream("/definition/definition.schema.json")) {
                schema.transferTo(out);
            }
        } else if (DRUID.contains(name)) {
            out.println(new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(Contract.forDruid(druid).schema(name)));
        } else {
            throw new UsageException("unknown schema: '" + name + "'");
        }
        return Main.GOOD;
    }
}
