package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import sluice.core.batch.DefinitionSnapshot;
import sluice.core.definition.Definition;

/**
 * Tells a datasource whose definition somebody has removed from one whose definition is only out of sight. With a wrong prefix
 * in {@code SLUICE_DEFINITIONS}, or with an emptied bucket, many datasources lose their definitions at once.
 */
@ApplicationScoped
class VanishedDefinitions {

    /** Two daily sweeps may see the same change. */
    private static final Duration AT_ONCE = Duration.ofDays(2);

    private static final String REMEDY =
            ": check SLUICE_DEFINITIONS, or request a sweep with orphan for each datasource that has to go";

    private final ReportStore store;
    private final RetentionSettings settings;

    VanishedDefinitions(ReportStore store, RetentionSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /**
     * Returns why the schedule must not delete an orphan; empty if it may.
     *
     * @param since since when sweeps have found no definition of it
     */
    Optional<String> refusal(DefinitionSnapshot definitions, SweepTarget target, Instant since) {
        if (definitions.byDatasource().isEmpty()) {
            return Optional.of("there is no definition at all" + REMEDY);
        }
        String cluster = target.cluster().name();
        Predicate<Definition> isHere = definition -> definition.clusters().contains(cluster);
        long left = definitions.byDatasource().values().stream().filter(isHere).count();
        int vanished = 0;
        for (String name : target.cluster().segmentCatalog().datasources()) {
            Instant other = definitions.find(name).filter(isHere).isPresent()
                    ? null
                    : store.state(cluster, name).orphanSince();
            if (other != null && Duration.between(other, since).abs().compareTo(AT_ONCE) <= 0) {
                vanished++;
            }
            if (vanished > settings.maxShare() * (vanished + left)) {
                return Optional.of("the definitions of at least " + vanished + " datasources of this cluster vanished"
                        + " about the same time, and " + left + " are left" + REMEDY);
            }
        }
        return Optional.empty();
    }
}
