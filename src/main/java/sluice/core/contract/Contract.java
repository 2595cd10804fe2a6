package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one version of Druid accepts as an ingestion task, a supervisor, a compaction configuration or a list of
 * retention rules. It finds everything that Druid would refuse, ignore or silently interpret differently from its
 * author's intention. An empty result means that nothing was found. The kind of document follows from its {@code type}.
 *
 * <p>There is one instance per version. Instances are safe to share between threads. They read nothing from the network
 * or disk and do not change the document.
 */
public final class Contract {
    private static final Map<String, Contract> BY_VERSION = new ConcurrentHashMap<>();

    private final String version;
    private final SchemaFiles files;
    private final DocumentKinds documents;
    private final ExpressionFunctions functions;
    private final @Nullable Set<String> extensions;

    private Contract(String version, SchemaFiles files, @Nullable Set<String> extensions) {
        this.version = version;
        this.files = files;
        this.functions = new ExpressionFunctions(files);
        this.documents = new DocumentKinds(files);
        this.extensions = extensions;
    }

    /**
     * Returns the contract of a Druid version.
     *
     * @param version Druid's major version, {@code "33"} to {@code "38"}
     * @throws IllegalArgumentException for an unknown version; the message names the known ones
     */
    public static Contract forDruid(String version) {
        Objects.requireNonNull(version, "version");
        KnownVersion.of(version);
        return BY_VERSION.computeIfAbsent(version, known -> new Contract(known, new SchemaFiles(known), null));
    }

    /** Returns the Druid versions that have a contract, in order. */
    public static Set<String> versions() {
        return KnownVersion.all();
    }

    /**
     * Returns the contract for a cluster that answers this version, such as {@code 36.0.1}: of its major version, or of
     * the nearest known one.
     */
    public static Contract forCluster(String answered) {
        return forDruid(KnownVersion.nearest(answered));
    }

    /** Returns Druid's major version. */
    public String version() {
        return version;
    }

    /** Returns the version whose jars the schemas come from: of others, the sources give the known changes. */
    public String derivedFrom() {
        return KnownVersion.of(version).derivedFrom();
    }

    /**
     * Returns the same contract for a cluster that loads only these extensions ({@code druid.extensions.loadList}).
     * Types of other extensions then become errors, as they are for Druid. By default, every known extension counts as
     * loaded.
     */
    public Contract loading(Set<String> loaded) {
        return new Contract(version, files, Set.copyOf(loaded));
    }

    /** Returns the same contract for a cluster whose extensions have these types, too. */
    public Contract with(ExtensionTypes types) {
        // Its schemas are read and compiled once, also for callers that have no types of their own.
        return types.isEmpty() ? this : new Contract(version, new SchemaFiles(version, types), extensions);
    }

    /** Checks a parsed document. The findings have no line and column. */
    public List<Finding> check(JsonNode document) {
        MixedDocument mixed = MixedDocument.of(document);
        if (mixed == null) {
            return check(documents.kindOf(document), document);
        }
        FindingCollector findings = new FindingCollector();
        findings.add(
                ContractCode.TWO_DOCUMENTS,
                document.has("type") ? "/type" : "",
                mixed.message(),
                "the type and the fields of one kind",
                mixed.suggestion(),
                null);
        return Stream.concat(findings.toList().stream(), check(mixed.kind(), mixed.document()).stream())
                .toList();
    }

    /** Checks a parsed document that a person wrote, in which placeholders of secrets stand for nothing. */
    List<Finding> checkWritten(JsonNode document) {
        FindingCollector secrets = new FindingCollector();
        try {
            Placeholders.secrets(document, "", secrets);
        } catch (FindingLimit.Exceeded exceeded) {
            secrets.tooMany();
        }
        Set<String> places = secrets.toList().stream().map(Finding::pointer).collect(Collectors.toSet());
        return Stream.concat(
                        secrets.toList().stream(),
                        // Like another placeholder, it will be another value.
                        check(document).stream().filter(finding -> !places.contains(finding.pointer())))
                .toList();
    }

    /**
     * Checks a document of a known kind.
     *
     * @param kind {@code task}, {@code supervisor}, {@code compactionConfig} or {@code rules}
     */
    public List<Finding> check(String kind, JsonNode document) {
        return qualified(collect(kind, document).toList());
    }

    /** Says that a finding about shape comes from another version's schemas. */
    private List<Finding> qualified(List<Finding> findings) {
        if (derivedFrom().equals(version)) {
            return findings;
        }
        return findings.stream()
                .map(finding -> finding.code().startsWith("SLU-1")
                        ? finding.saying(
                                " (checked as Druid " + derivedFrom() + " with the known changes of " + version + ")")
                        : finding)
                .toList();
    }

    private FindingCollector collect(String kind, JsonNode document) {
        FindingCollector findings = new FindingCollector();
        SchemaCheck.Setting setting = new SchemaCheck.Setting(derivedFrom(), documents.parser(), extensions);
        try {
            new SchemaCheck(documents.root(kind), document, setting, findings).run();
            if (document.isContainerNode()) {
                ContractRules.check(SpecView.of(derivedFrom(), kind, document, functions), findings);
            }
        } catch (FindingLimit.Exceeded exceeded) {
            findings.tooMany();
        } catch (StackOverflowError | OutOfMemoryError exhausted) {
            // Rules recurse. A document that is too much for them does not take others along.
            FindingCollector only = new FindingCollector();
            only.add(
                    ContractCode.TOO_LARGE,
                    "",
                    "the check was given up (" + exhausted.getClass().getSimpleName() + ")",
                    "a smaller and simpler document",
                    null,
                    null);
            return only;
        }
        return findings;
    }

    /** Returns what mends the document's findings without a decision of a person. Each stands for itself. */
    public List<Repair> repairs(JsonNode document) {
        MixedDocument mixed = MixedDocument.of(document);
        return mixed == null
                ? collect(documents.kindOf(document), document).repairs()
                : collect(mixed.kind(), mixed.document()).repairs();
    }

    /**
     * Checks a task or supervisor that appends against the compaction of the same datasource. Pointers refer to the
     * first document. Empty if the datasources differ or the first does not append.
     */
    public List<Finding> checkTogether(JsonNode appending, JsonNode compaction) {
        FindingCollector findings = new FindingCollector();
        CrossDocumentRules.granularities(
                SpecView.of(derivedFrom(), documents.kindOf(appending), appending, functions),
                SpecView.of(derivedFrom(), documents.kindOf(compaction), compaction, functions),
                findings);
        return findings.toList();
    }

    /**
     * Returns the JSON Schema (draft 2020-12) of a kind of document as one self-contained document.
     *
     * @param kind {@code task}, {@code supervisor}, {@code compactionConfig} or {@code rules}
     */
    public JsonNode schema(String kind) {
        return new SchemaBundle(files).of(kind);
    }

    /**
     * Returns true if a document of unknown origin is a task, a supervisor, a compaction configuration or a list of rules.
     * Of {@link #check} every document is one of them.
     */
    public boolean recognises(JsonNode document) {
        return documents.recognises(document);
    }

    /** Checks a document as text. Findings have line and column; duplicate keys and trailing text are also found. */
    public List<Finding> check(String text) {
        return new TextCheck(this).check(text);
    }

    /** Checks a document that is kept as YAML. Findings have line and column. */
    public List<Finding> checkYaml(String text) {
        return YamlCheck.check(text, this);
    }
}
