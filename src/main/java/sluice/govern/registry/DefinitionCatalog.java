package sluice.govern.registry;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.DefinitionSnapshot;
import sluice.core.batch.InvalidDefinition;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.core.definition.reader.DefinitionCode;
import sluice.core.definition.reader.DefinitionReader;
import sluice.core.definition.reader.ReadResult;
import sluice.core.definition.reader.Variables;
import sluice.core.reach.ReachCheck;
import sluice.ingest.ActiveDefinitions;
import sluice.ingest.EnvironmentReach;
import sluice.platform.log.Log;
import sluice.platform.objects.ObjectStore;
import sluice.platform.secrets.DefinitionSecrets;

/**
 * Reads the active definitions of this environment and caches them for some seconds. For a datasource in the
 * {@link Registry}, its active version counts. For any other, the definition file counts. {@code sluice.definitions} says
 * where files are: {@code s3://bucket/prefix/} or a directory. {@code sluice.variables} lists the environment variables
 * that definitions may use, {@code sluice.secrets} the secrets.
 */
@ApplicationScoped
public class DefinitionCatalog implements ActiveDefinitions {

    private static final Log LOG = Log.of(DefinitionCatalog.class);

    private final DefinitionFiles files;
    private final DefinitionFiles registered;
    private final Variables variables;
    private final EnvironmentReach reach;
    private final Duration refresh;
    private final Clock clock;

    private Map<String, DefinitionFile> known = Map.of();
    /** What the known texts say. Variables and reach are those of the process, so the same text says the same again. */
    private Map<String, ReadResult> results = Map.of();

    private @Nullable DefinitionSnapshot definitions;
    private Instant readAt = Instant.MIN;

    DefinitionCatalog(
            ObjectStore store,
            Registry registry,
            Clock clock,
            DefinitionSettings settings,
            DefinitionSecrets secrets,
            EnvironmentReach reach) {
        this.files = files(settings.definitions(), store);
        this.registered = new RegistryFiles(registry);
        this.variables = environment(settings.variables().orElse(List.of()), secrets.names());
        this.reach = reach;
        this.clock = clock;
        this.refresh = settings.definitionsRefresh();
    }

    /** Returns the definitions, at most {@code sluice.definitions-refresh} old. */
    @Override
    public synchronized DefinitionSnapshot current() {
        DefinitionSnapshot cached = definitions;
        return cached == null || clock.instant().isAfter(readAt.plus(refresh)) ? fresh() : cached;
    }

    /** Reads the definitions anew; unchanged files are not parsed again. */
    @Override
    public synchronized DefinitionSnapshot fresh() {
        Map<String, DefinitionFile> read = new HashMap<>();
        files.read(known).forEach(file -> read.put(file.name(), file));
        registered.read(known).forEach(file -> read.put(file.name(), file));
        DefinitionSnapshot parsed = definitions;
        if (parsed == null || !read.equals(known)) {
            parsed = parse(read.values().stream()
                    .sorted(Comparator.comparing(DefinitionFile::name))
                    .toList());
            definitions = parsed;
            known = read;
        }
        readAt = clock.instant();
        return parsed;
    }

    /** Returns true if the S3 object is a definition file of this environment. */
    @Override
    public boolean holds(String bucket, String key) {
        return files.holds(bucket, key);
    }

    /**
     * Reads the text of any definition with the variables of this environment. One that reaches for what the environment does
     * not allow is invalid, wherever it comes from.
     */
    public ReadResult read(String text) {
        ReadResult result = DefinitionReader.read(
                text, text.stripLeading().startsWith("{") ? "definition.json" : "definition.yaml", variables);
        if (!(result instanceof ReadResult.Valid valid)) {
            return result;
        }
        List<Finding> beyond = ReachCheck.of(valid.definition(), reach.policy());
        return beyond.isEmpty()
                ? result
                : new ReadResult.Invalid(Stream.concat(beyond.stream(), valid.findings().stream())
                        .toList());
    }

    private DefinitionSnapshot parse(List<DefinitionFile> texts) {
        List<Definition> valid = new ArrayList<>();
        List<InvalidDefinition> invalid = new ArrayList<>();
        Set<String> datasources = new HashSet<>();
        Set<String> registry = texts.stream().map(DefinitionFile::name).collect(Collectors.toSet());
        Map<String, ReadResult> before = results;
        results = new HashMap<>();
        for (DefinitionFile file : texts) {
            ReadResult result = file.problem() == null ? read(file.text(), before) : unreadable(file.problem());
            if (result instanceof ReadResult.Valid read && isOverruled(file, read.definition(), registry)) {
                LOG.debug("Definition file is ignored, the registry has its datasource", "file", file.name());
            } else if (result instanceof ReadResult.Invalid failed) {
                invalid.add(
                        file.isWithheld()
                                ? InvalidDefinition.withheld(file.name(), failed.findings())
                                : InvalidDefinition.of(file.name(), file.text(), failed.findings()));
            } else if (result instanceof ReadResult.Valid read) {
                if (datasources.add(read.definition().datasource())) {
                    valid.add(read.definition());
                } else {
                    invalid.add(InvalidDefinition.of(file.name(), file.text(), List.of(twice(read.definition()))));
                }
            }
        }
        invalid.forEach(definition -> LOG.error("Definition cannot be used", "reason", definition.summary()));
        return DefinitionSnapshot.of(valid, invalid);
    }

    private ReadResult read(String text, Map<String, ReadResult> before) {
        ReadResult same = before.get(text);
        ReadResult result = same == null ? read(text) : same;
        results.put(text, result);
        return result;
    }

    private static ReadResult unreadable(String problem) {
        return new ReadResult.Invalid(
                List.of(Finding.error(DefinitionCode.UNREADABLE.code(), "", problem, "a text file in UTF-8", null)));
    }

    /** The applied version counts, whatever files say, even if it cannot be read any more. */
    private static boolean isOverruled(DefinitionFile file, Definition definition, Set<String> names) {
        String name = RegistryFiles.name(definition.datasource());
        return names.contains(name) && !file.name().equals(name);
    }

    private static Finding twice(Definition definition) {
        return Finding.error(
                "SLU-0900",
                "/datasource",
                "another file already defines the datasource " + definition.datasource(),
                "one definition per datasource",
                "remove one of the two files");
    }

    private static DefinitionFiles files(String place, ObjectStore store) {
        if (!place.startsWith("s3://")) {
            return new DirectoryFiles(Path.of(place));
        }
        URI uri = URI.create(place);
        return new BucketFiles(store, uri.getHost(), uri.getPath().substring(1));
    }

    private static Variables environment(List<String> allowed, Set<String> secrets) {
        Map<String, String> values = new HashMap<>();
        for (String name : allowed) {
            // A secret is never looked up in the environment.
            String value = secrets.contains(name) ? null : System.getenv(name);
            if (value != null) {
                values.put(name, value);
            }
        }
        // As before, an allowed name that is not set is not allowed either.
        return new Variables(values.keySet(), values, secrets);
    }
}
