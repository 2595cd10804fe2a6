package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What Druid of one version takes as an ingestion task, a supervisor, a compaction configuration or a list of retention
 * rules. Says of a document everything that Druid would refuse, ignore or silently do otherwise than its author means;
 * an empty answer means that nothing of the kind was found. Which of the four a document is, is taken from its
 * {@code type}.
 *
 * <p>Instances are made once per version and are safe to share between threads. Nothing is read from the network or from
 * disk, and the document is not changed.
 */
public final class Contract {
    private static final Set<String> VERSIONS = Set.of("33", "37");
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
     * The contract of a Druid version.
     *
     * @param version Druid's major version, {@code "33"} or {@code "37"}
     * @throws IllegalArgumentException for a version that is not known, naming those that are
     */
    public static Contract forDruid(String version) {
        Objects.requireNonNull(version, "version");
        if (!VERSIONS.contains(version)) {
            throw new IllegalArgumentException(
                    "no contract for Druid " + version + ": known are " + String.join(", ", versions()));
        }
        return BY_VERSION.computeIfAbsent(version, known -> new Contract(known, new SchemaFiles(known), null));
    }

    /** The Druid versions there is a contract of, in order. */
    public static Set<String> versions() {
        return new TreeSet<>(VERSIONS);
    }

    /**
     * The same contract for a cluster that loads these extensions only ({@code druid.extensions.loadList}): a type of any
     * other is an error, as it is for Druid. Without this, every extension that the contract knows counts as loaded.
     */
    public Contract loading(Set<String> loaded) {
        return new Contract(version, files, Set.copyOf(loaded));
    }

    /** Checks a document that has been read already: the findings have no line and column. */
    public List<Finding> check(JsonNode document) {
        return check(documents.kindOf(document), document);
    }

    /**
     * Checks a document whose kind is known.
     *
     * @param kind {@code task}, {@code supervisor}, {@code compactionConfig} or {@code rules}
     */
    public List<Finding> check(String kind, JsonNode document) {
        FindingCollector findings = new FindingCollector();
        new SchemaCheck(documents.root(kind), document, extensions, findings).run();
        if (document.isContainerNode()) {
            ContractRules.check(SpecView.of(version, kind, document, functions), findings);
        }
        return findings.toList();
    }

    /**
     * Checks a task or supervisor that appends against the compaction of the same datasource; pointers are into the first.
     * Empty where they are of different datasources, or where nothing appends.
     */
    public List<Finding> checkTogether(JsonNode appending, JsonNode compaction) {
        FindingCollector findings = new FindingCollector();
        CrossDocumentRules.granularities(
                SpecView.of(version, documents.kindOf(appending), appending, functions),
                SpecView.of(version, documents.kindOf(compaction), compaction, functions),
                findings);
        return findings.toList();
    }

    /**
     * The JSON Schema (draft 2020-12) of a kind of document, whole in one.
     *
     * @param kind {@code task}, {@code supervisor}, {@code compactionConfig} or {@code rules}
     */
    public JsonNode schema(String kind) {
        return new SchemaBundle(files).of(kind);
    }

    /** Checks a document as text: findings have line and column, and doubled keys and text behind the end are found. */
    public List<Finding> check(String text) {
        return new TextCheck(this).check(text);
    }
}
