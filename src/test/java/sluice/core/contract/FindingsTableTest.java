package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import sluice.core.definition.reader.DefinitionCode;
import sluice.core.reach.ReachCode;
import sluice.core.spec.SpecCode;
import sluice.entry.cli.event.EventCode;
import sluice.entry.cli.importer.ImportCode;

/** {@code docs/findings.md} lists what there is: {@code -Dfindings.write=true} writes it anew. */
class FindingsTableTest {
    private static final Path TABLE = Path.of("docs/findings.md");

    @Test
    void listsEveryCode() throws IOException {
        String table = table();
        if (System.getProperty("findings.write") != null) {
            Files.writeString(TABLE, table);
        }
        assertThat(Files.readString(TABLE)).isEqualTo(table);
    }

    @Test
    void givesEveryCodeOnce() {
        assertThat(Arrays.stream(ContractCode.values()).map(ContractCode::id)).doesNotHaveDuplicates();
    }

    private static String table() {
        StringBuilder table = new StringBuilder(
                """
                # Findings

                What `lint`, `plan` and refused runs report. A code never changes its meaning. An error stops a run, a warning is
                shown, and an info only advises. This page is generated from the code.

                ## Druid's contract

                `SLU-1xxx` is about shape, `SLU-2xxx` about meaning across fields, `SLU-3xxx` about the text itself.

                | code | severity | meaning |
                |---|---|---|
                """);
        for (ContractCode code : ContractCode.values()) {
            table.append("| ")
                    .append(code.id())
                    .append(" | ")
                    .append(code.severity().name().toLowerCase(Locale.ROOT))
                    .append(" | ")
                    .append(code.meaning().replace("|", "\\|"))
                    .append(" |\n");
        }
        table.append(
                """

                ## Definitions

                Reading a definition (`SLU-00xx`) and generating a spec from it (`SLU-01xx`).

                | code | name |
                |---|---|
                """);
        for (DefinitionCode code : DefinitionCode.values()) {
            row(table, code.code(), code.name());
        }
        for (SpecCode code : SpecCode.values()) {
            row(table, code.code(), code.name());
        }
        table.append(
                """

                ## What a definition may reach

                The environment allows it, or not: [security.md](security.md#what-a-definition-may-reach).

                | code | name |
                |---|---|
                """);
        for (ReachCode code : ReachCode.values()) {
            row(table, code.code(), code.name());
        }
        table.append(
                """

                ## Importing a spec

                | code | name |
                |---|---|
                """);
        for (ImportCode code : ImportCode.values()) {
            row(table, code.code(), code.name());
        }
        table.append(
                """

                ## Validating events

                | code | name |
                |---|---|
                """);
        for (EventCode code : EventCode.values()) {
            row(table, code.code(), code.name());
        }
        return table.toString();
    }

    private static void row(StringBuilder table, String code, String name) {
        table.append("| ")
                .append(code)
                .append(" | ")
                .append(name.toLowerCase(Locale.ROOT).replace('_', ' '))
                .append(" |\n");
    }
}
