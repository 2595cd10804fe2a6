package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import sluice.core.batch.DefinitionSnapshot;
import sluice.govern.registry.DefinitionCatalog;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidException;
import sluice.platform.log.Log;
import sluice.platform.objects.ObjectStoreException;
import sluice.platform.state.StateException;

/**
 * One sweep of a datasource by schedule. The first sweep of a datasource, and the first after its policy has changed, is a
 * dry run: its report says what the next sweep will do. A sweep that fails leaves a
 * report that says so, and does not stop the others.
 */
@ApplicationScoped
class ScheduledSweep {

    private static final Log LOG = Log.of(ScheduledSweep.class);

    private final DefinitionCatalog catalog;
    private final SweepAuthorization authorization;
    private final ClusterRollout rollout;
    private final Sweep sweep;
    private final Clock clock;

    ScheduledSweep(
            DefinitionCatalog catalog,
            SweepAuthorization authorization,
            ClusterRollout rollout,
            Sweep sweep,
            Clock clock) {
        this.catalog = catalog;
        this.authorization = authorization;
        this.rollout = rollout;
        this.sweep = sweep;
        this.clock = clock;
    }

    /** Returns true if the sweep has left a report; false if it failed, or another one has begun meanwhile. */
    boolean run(SweepCandidate candidate, SweepInventory inventory) {
        String cluster = candidate.cluster().name();
        String datasource = candidate.datasource();
        try {
            return swept(candidate, inventory).isPresent();
        } catch (DruidException exception) {
            LOG.error("Sweep failed", "cluster", cluster, "datasource", datasource, "reason", exception.getMessage());
            failed(candidate, exception);
        } catch (StateException | ObjectStoreException | IllegalStateException | IllegalArgumentException exception) {
            LOG.error(exception, "Sweep failed", "cluster", cluster, "datasource", datasource);
            failed(candidate, exception);
        }
        return false;
    }

    private Optional<SweepReport> swept(SweepCandidate candidate, SweepInventory inventory) {
        DefinitionSnapshot definitions = catalog.current();
        DruidCluster cluster = candidate.cluster();
        String datasource = candidate.datasource();
        SweepState state = candidate.state();
        SweepTarget target = authorization.target(definitions, cluster, datasource);
        SweepPermissions permissions = authorization.scheduled(definitions, target, state, clock.instant());
        Supplier<Optional<String>> whyDryRun = () -> {
            DefinitionSnapshot now = catalog.current();
            return firstSweep(target.policy(), state)
                    .or(() -> authorization.changed(now, target))
                    .or(() -> rollout.waitsFor(now, cluster.name(), datasource, target.policy(), state, inventory));
        };
        return sweep.run(target, permissions, state, whyDryRun, null);
    }

    /** The report is all that tells of a failure, so a second one is only logged. */
    private void failed(SweepCandidate candidate, RuntimeException reason) {
        try {
            sweep.failed(
                    authorization.target(catalog.current(), candidate.cluster(), candidate.datasource()),
                    candidate.state(),
                    candidate.failure(),
                    clock.instant(),
                    String.valueOf(reason.getMessage()));
        } catch (StateException | ObjectStoreException | IllegalStateException exception) {
            LOG.error(
                    exception,
                    "Failure of a sweep cannot be stored",
                    "cluster",
                    candidate.cluster().name(),
                    "datasource",
                    candidate.datasource());
        }
    }

    private static Optional<String> firstSweep(RetentionPolicy policy, SweepState state) {
        if (state.policy() == null) {
            return Optional.of("the first sweep of a datasource changes nothing");
        }
        return state.policy().equals(policy.text())
                ? Optional.empty()
                : Optional.of("the first sweep under another policy changes nothing; the policy was " + state.policy());
    }
}
