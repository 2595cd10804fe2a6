package sluice.govern.registry;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import sluice.core.batch.DefinitionSnapshot;
import sluice.core.batch.InvalidDefinition;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.core.definition.reader.DefinitionReader;
import sluice.core.definition.reader.ReadResult;
import sluice.ingest.ActiveDefinitions;
import sluice.platform.objects.ObjectStore;

/**
 * Reads the definitions of this environment and keeps them for a moment. A datasource with a version in the
 * {@link Registry} has its active version in force; the others what lies in files. {@code sluice.definitions} names the
 * place of those: {@code s3://bucket/prefix/} or a directory; {@code sluice.variables} the environment variables that they may use.
 */
@ApplicationScoped
public class DefinitionCatalog implements ActiveDefinitions {

    private static final Logger LOG = Logger.getLogger(DefinitionCatalog.class);

    private final DefinitionFiles files;
    private final DefinitionFiles registered;
    private final Map<String, String> variables;
    private final Duration refresh;
    private final Clock clock;

    private Map<String, DefinitionFile> known = Map.of();
    private DefinitionSnapshot definitions;
    private Instant readAt = Instant.MIN;

    DefinitionCatalog(ObjectStore store, Registry registry, Clock clock, DefinitionSettings settings) {
        this.files = files(settings.definitions(), store);
        this.registered = new RegistryFiles(registry);
        this.variables = environment(settings.variables().orElse(List.of()));
        this.clock = clock;
        this.refresh = settings.definitionsRefresh();
    }

    /** The definitions, at most a few seconds old. */
    @Override
    public synchronized DefinitionSnapshot current() {
        return clock.instant().isAfter(readAt.plus(refresh)) ? fresh() : definitions;
    }

    /** The definitions as they are now. */
    @Override
    public synchronized DefinitionSnapshot fresh() {
        Map<String, DefinitionFile> read = new HashMap<>();
        files.read(known).forEach(file -> read.put(file.name(), file));
        registered.read(known).forEach(file -> read.put(file.name(), file));
        if (definitions == null || !read.equals(known)) {
            definitions = parse(read.values().stream()
                    .sorted((left, right) -> left.name().compareTo(right.name()))
                    .toList());
            known = read;
        }
        readAt = clock.instant();
        return definitions;
    }

    /** Whether an object of S3 lies where definitions are read from. */
    @Override
    public boolean holds(String bucket, String key) {
        return files.holds(bucket, key);
    }

    /** Reads a definition that is not in force, with the variables of this environment. */
    public ReadResult read(String text) {
        return DefinitionReader.read(
                text, text.stripLeading().startsWith("{") ? "definition.json" : "definition.yaml", variables);
    }

    private DefinitionSnapshot parse(List<DefinitionFile> texts) {
        List<Definition> valid = new ArrayList<>();
        List<InvalidDefinition> invalid = new ArrayList<>();
        Set<String> datasources = new HashSet<>();
        Set<String> registry = texts.stream().map(DefinitionFile::name).collect(Collectors.toSet());
        for (DefinitionFile file : texts) {
            ReadResult result = read(file.text());
            if (result instanceof ReadResult.Valid read && isOverruled(file, read.definition(), registry)) {
                LOG.debugf("%s does not count: the registry has a version of its datasource", file.name());
            } else if (result instanceof ReadResult.Invalid failed) {
                invalid.add(InvalidDefinition.of(file.name(), file.text(), failed.findings()));
            } else if (result instanceof ReadResult.Valid read) {
                if (datasources.add(read.definition().datasource())) {
                    valid.add(read.definition());
                } else {
                    invalid.add(InvalidDefinition.of(file.name(), file.text(), List.of(twice(read.definition()))));
                }
            }
        }
        invalid.forEach(definition -> LOG.errorf("Definition cannot be used: %s", definition.summary()));
        return DefinitionSnapshot.of(valid, invalid);
    }

    /** What was applied counts, whatever files say; also where it cannot be read by now. */
    private static boolean isOverruled(DefinitionFile file, Definition definition, Set<String> names) {
        String name = RegistryFiles.name(definition.datasource());
        return names.contains(name) && !file.name().equals(name);
    }

    private static Finding twice(Definition definition) {
        return Finding.error(
                "SLU-0900",
                "/datasource",
                "another file defines datasource " + definition.datasource() + " already",
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

    private static Map<String, String> environment(List<String> allowed) {
        Map<String, String> values = new HashMap<>();
        for (String name : allowed) {
            String value = System.getenv(name);
            if (value != null) {
                values.put(name, value);
            }
        }
        return Map.copyOf(values);
    }
}
