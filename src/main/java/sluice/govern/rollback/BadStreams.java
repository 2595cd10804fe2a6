package sluice.govern.rollback;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.core.definition.Definition;
import sluice.core.definition.reader.ReadResult;
import sluice.core.spec.GeneratedSupervisor;
import sluice.core.spec.SpecDefaults;
import sluice.core.spec.SupervisorGenerator;
import sluice.govern.registry.DefinitionCatalog;
import sluice.govern.registry.Registry;
import sluice.govern.registry.Version;
import sluice.govern.rollback.Rollback.StreamSpan;

/** Names the streams that published rows by bad versions. */
@ApplicationScoped
class BadStreams {

    private final Registry registry;
    private final DefinitionCatalog catalog;
    private final SpecDefaults defaults;

    BadStreams(Registry registry, DefinitionCatalog catalog) {
        this.registry = registry;
        this.catalog = catalog;
        this.defaults = SpecDefaults.fromEnvironment(System.getenv());
    }

    /**
     * Returns the streams of versions, once each. A version that cannot be read any more names none.
     *
     * @param versions numbers of the bad versions
     */
    List<StreamSpan> of(String datasource, Collection<Integer> versions, Instant since, Instant until) {
        return versions.stream()
                .flatMap(number -> registry.version(datasource, number).stream())
                .flatMap(version -> definition(version).stream())
                .flatMap(definition -> definition.clusters().stream().flatMap(cluster -> supervisors(definition)
                        .map(supervisor -> new StreamSpan(cluster, supervisor, since, until))))
                .distinct()
                .toList();
    }

    private Optional<Definition> definition(Version version) {
        return catalog.read(version.text()) instanceof ReadResult.Valid valid
                ? Optional.of(valid.definition())
                : Optional.empty();
    }

    private Stream<String> supervisors(Definition definition) {
        return definition.stream().isEmpty()
                ? Stream.empty()
                : SupervisorGenerator.generate(definition, defaults).supervisors().stream()
                        .map(GeneratedSupervisor::id);
    }
}
