package sluice.core.definition.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.FindingLimit;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.Compaction;
import sluice.core.definition.Compatibility;
import sluice.core.definition.DatasourceName;
import sluice.core.definition.Definition;
import sluice.core.definition.Drift;
import sluice.core.definition.Retention;
import sluice.core.definition.Schema;
import sluice.core.definition.StreamDefinition;
import sluice.core.definition.TypicalQuery;
import sluice.core.json.CanonicalJson;
import sluice.core.json.JsonPointers;
import sluice.core.json.JsonText;
import sluice.core.json.LocatedDocument;
import sluice.core.json.UnreadableTextException;
import sluice.core.json.YamlText;

/**
 * Reads a definition, completely or not at all. One pass finds every mistake, each with its place in the text. The
 * reader accepts any text and never throws. Its codes are {@link DefinitionCode}.
 */
public final class DefinitionReader {

    private static final int LONGEST = 1_000_000;
    private static final List<String> KEYS = List.of(
            "apiVersion",
            "datasource",
            "clusters",
            "schema",
            "batch",
            "stream",
            "retention",
            "compaction",
            "queries",
            "drift",
            "compatibility");

    private final LocatedFindings findings;
    private final Variables variables;

    private DefinitionReader(LocatedFindings findings, Variables variables) {
        this.findings = findings;
        this.variables = variables;
    }

    /** As {@link #read(String, String, Variables)}; every name in the map is allowed. */
    public static ReadResult read(String text, String name, Map<String, String> variables) {
        return read(text, name, Variables.of(variables));
    }

    /**
     * Reads one definition.
     *
     * @param text the document, at most 1,000,000 characters
     * @param name name of the file; with the extension {@code .json} it is read as JSON, otherwise as YAML
     * @param variables what <code>${NAME}</code> may refer to
     */
    public static ReadResult read(String text, String name, Variables variables) {
        LocatedFindings findings = new LocatedFindings();
        Definition definition = null;
        try {
            definition = new DefinitionReader(findings, variables).definition(text, name);
        } catch (FindingLimit.Exceeded exceeded) {
            findings.tooMany();
        } catch (StackOverflowError | OutOfMemoryError exhausted) {
            // The limits of reading make this improbable. If it happens, other definitions do not suffer from it.
            findings.exhausted(exhausted);
        }
        return findings.anyError() || definition == null
                ? new ReadResult.Invalid(findings.inOrder())
                : new ReadResult.Valid(definition, findings.inOrder());
    }

    private @Nullable Definition definition(String text, String name) {
        if (text.length() > LONGEST) {
            findings.error(
                    DefinitionCode.UNREADABLE,
                    "",
                    text.length() + " characters are too many",
                    "at most " + LONGEST + " characters");
            return null;
        }
        String document = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            LocatedDocument located = name.toLowerCase(Locale.ROOT).endsWith(".json")
                    ? JsonText.read(document, findings::duplicateKey)
                    : YamlText.read(document, findings::duplicateKey);
            findings.locate(located);
            JsonNode root = new Substitution(located, variables, findings).resolved();
            if (!(root instanceof ObjectNode object)) {
                findings.error(
                        DefinitionCode.NOT_ONE_OBJECT,
                        "",
                        "The document is " + StrictFields.name(root),
                        "an object with the keys " + String.join(", ", KEYS));
                return null;
            }
            CanonicalJson.inexactNumber(object)
                    .ifPresent(pointer -> findings.error(
                            DefinitionCode.INEXACT_NUMBER,
                            pointer,
                            object.at(pointer) + " cannot be represented exactly",
                            "a whole number between -(2^53 - 1) and 2^53 - 1, or a finite decimal"));
            return definition(object);
        } catch (UnreadableTextException unreadable) {
            String expected = "a single document"
                    + (text.contains("${") ? "; inside {...} and [...] of YAML, ${NAME} needs quotes" : "");
            findings.error(DefinitionCode.UNREADABLE, unreadable.position(), "", unreadable.getMessage(), expected);
            return null;
        }
    }

    private @Nullable Definition definition(ObjectNode object) {
        StrictFields fields = new StrictFields(findings, "", object, KEYS);
        apiVersion(fields);
        String datasource = datasource(fields);
        List<String> clusters = clusters(fields);
        Schema schema = fields.require("schema", "Druid's dataSchema without the datasource")
                ? SchemaReader.read(fields)
                : null;
        BatchDefinition batch = fields.has("batch") ? new BatchReader(fields, schema).read() : null;
        LifecycleReader lifecycle = new LifecycleReader(fields);
        List<StreamDefinition> stream = lifecycle.stream();
        Retention retention = lifecycle.retention();
        Compaction compaction = lifecycle.compaction();
        List<TypicalQuery> queries = new QueriesReader(fields).queries();
        Drift drift = fields.choice("drift", Drift.class, Drift.WARN);
        Compatibility compatibility = fields.choice("compatibility", Compatibility.class, Compatibility.NONE);
        if (findings.anyError() || datasource == null || schema == null) {
            return null;
        }
        return new Definition(
                Definition.API_VERSION,
                datasource,
                clusters,
                schema,
                batch,
                stream,
                retention,
                compaction,
                queries,
                drift,
                compatibility,
                object,
                CanonicalJson.hash(object));
    }

    private void apiVersion(StrictFields fields) {
        String version = fields.require("apiVersion", Definition.API_VERSION) ? fields.text("apiVersion") : null;
        if (version != null && !version.equals(Definition.API_VERSION)) {
            findings.error(
                    DefinitionCode.UNKNOWN_VALUE,
                    "/apiVersion",
                    "'" + version + "' is not a known version",
                    Definition.API_VERSION,
                    Definition.API_VERSION);
        }
    }

    private @Nullable String datasource(StrictFields fields) {
        String name = fields.require("datasource", "the name in Druid") ? fields.text("datasource") : null;
        if (name == null) {
            return null;
        }
        DatasourceName.problem(name)
                .ifPresent(problem -> findings.error(
                        DefinitionCode.DATASOURCE_NAME,
                        "/datasource",
                        "Druid refuses the name '" + name + "': it " + problem,
                        "letters, digits, '-' and '_'"));
        if (DatasourceName.needsEncoding(name)) {
            findings.warning(
                    DefinitionCode.DATASOURCE_NEEDS_ENCODING,
                    "/datasource",
                    "The name '" + name + "' must be encoded in every URL",
                    "letters, digits, '-', '.' and '_'");
        }
        return name;
    }

    private List<String> clusters(StrictFields fields) {
        Set<String> clusters = new LinkedHashSet<>();
        if (!fields.require("clusters", "a list with at least one cluster name")) {
            return List.of();
        }
        JsonNode list = fields.any("clusters");
        if (!list.isArray()) {
            fields.wrongType("clusters", "a list of names");
            return List.of();
        }
        if (list.isEmpty()) {
            findings.error(DefinitionCode.MISSING_KEY, "/clusters", "The list names no cluster", "at least one name");
        }
        for (int index = 0; index < list.size(); index++) {
            String pointer = JsonPointers.child("/clusters", index);
            String cluster = list.get(index).textValue();
            if (cluster == null || cluster.isBlank()) {
                findings.error(
                        DefinitionCode.WRONG_TYPE, pointer, "This is not a name", "a text: the name of a cluster");
            } else if (!clusters.add(cluster)) {
                findings.error(
                        DefinitionCode.CONTRADICTION, pointer, "'" + cluster + "' occurs twice", "each name once");
            }
        }
        return List.copyOf(clusters);
    }
}
