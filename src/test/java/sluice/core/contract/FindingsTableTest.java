package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sluice.core.definition.reader.DefinitionCode;
import sluice.core.reach.ReachCode;
import sluice.core.spec.SpecCode;
import sluice.entry.cli.event.EventCode;
import sluice.entry.cli.importer.ImportCode;

/** {@code docs/findings.md} lists what there is: {@code -Dfindings.write=true} writes it anew. */
class FindingsTableTest {
    private static final Path TABLE = Path.of("docs/findings.md");
    private static final Path SOURCES = Path.of("src/main/java/sluice");
    private static final Pattern CODE = Pattern.compile("\"(SLU-\\d{4})\"");
    private static final Pattern CONSTANT =
            Pattern.compile("/\\*\\*((?:(?!\\*/)(?s:.))*)\\*/\\s+[A-Z_]+\\(\\s*\"(SLU-\\d{4})\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (SLU-\\d{4}) \\|");

    @Test
    void listsEveryCode() throws IOException {
        String table = table();
        if (System.getProperty("findings.write") != null) {
            Files.writeString(TABLE, table);
        }
        assertThat(Files.readString(TABLE)).isEqualTo(table);
    }

    /** A page explains one code, and whoever suppresses a code suppresses one thing. */
    @Test
    void eachCodeIsGivenInOnePlace() throws IOException {
        // Given
        Map<String, Set<String>> places = new TreeMap<>();
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                CODE.matcher(Files.readString(source)).results().forEach(code -> places.computeIfAbsent(
                                code.group(1), any -> new TreeSet<>())
                        .add(SOURCES.relativize(source) + ":" + code.start()));
            }
        }

        // Then
        assertThat(places)
                .hasSizeGreaterThan(100)
                .allSatisfy((code, where) -> assertThat(where).as(code).hasSize(1));
    }

    /** The docs site makes a page of each row. */
    @Test
    void eachCodeHasARowInTheDocs() throws IOException {
        // Given
        Set<String> rows = new TreeSet<>();
        try (Stream<Path> pages = Files.list(TABLE.getParent())) {
            for (Path page :
                    pages.filter(file -> file.toString().endsWith(".md")).toList()) {
                ROW.matcher(Files.readString(page)).results().forEach(row -> assertThat(rows.add(row.group(1)))
                        .as("a second row of %s in %s", row.group(1), page)
                        .isTrue());
            }
        }

        // When
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                CODE.matcher(Files.readString(source)).results().forEach(code -> codes.add(code.group(1)));
            }
        }

        // Then
        assertThat(codes).hasSizeGreaterThan(100).isEqualTo(rows);
    }

    private static String table() throws IOException {
        Map<String, String> meanings = meanings();
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

                | code | meaning |
                |---|---|
                """);
        for (DefinitionCode code : DefinitionCode.values()) {
            row(table, code.code(), meanings.get(code.code()));
        }
        for (SpecCode code : SpecCode.values()) {
            row(table, code.code(), meanings.get(code.code()));
        }
        table.append(
                """

                ## What a definition may reach

                The environment allows it, or not: [security.md](security.md#what-a-definition-may-reach).

                | code | meaning |
                |---|---|
                """);
        for (ReachCode code : ReachCode.values()) {
            row(table, code.code(), meanings.get(code.code()));
        }
        table.append(
                """

                ## Importing a spec

                | code | meaning |
                |---|---|
                """);
        for (ImportCode code : ImportCode.values()) {
            row(table, code.code(), meanings.get(code.code()));
        }
        table.append(
                """

                ## Validating events

                | code | meaning |
                |---|---|
                """);
        for (EventCode code : EventCode.values()) {
            row(table, code.code(), meanings.get(code.code()));
        }
        return table.toString();
    }

    private static void row(StringBuilder table, String code, String meaning) {
        assertThat(meaning).as("Javadoc of %s", code).isNotBlank();
        table.append("| ")
                .append(code)
                .append(" | ")
                .append(meaning.replace("|", "\\|"))
                .append(" |\n");
    }

    /** What the Javadoc of each constant says, by code. */
    private static Map<String, String> meanings() throws IOException {
        Map<String, String> meanings = new TreeMap<>();
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            for (Path source : sources.filter(file -> file.toString().endsWith("Code.java"))
                    .toList()) {
                CONSTANT.matcher(Files.readString(source))
                        .results()
                        .forEach(constant -> meanings.put(
                                constant.group(2),
                                constant.group(1)
                                        .replaceAll("\\s*\\n\\s*\\* ?", " ")
                                        .strip()
                                        .replaceAll("\\{@(?:code|link) ([^}]*)}|<code>(.*?)</code>", "`$1$2`")));
            }
        }
        return meanings;
    }
}
