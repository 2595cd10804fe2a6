package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import sluice.core.batch.DefinitionSnapshot;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidException;
import sluice.platform.log.Log;
import sluice.platform.objects.ObjectStoreException;
import sluice.platform.state.StateException;

/**
 * One sweep of a datasource by schedule. The first sweep of a datasource, and the first after its policy has changed, is a
 * dry run: its report says what the next sweep will do. A sweep that fails does not stop the others.
 */
@ApplicationScoped
class ScheduledSweep {

    private static final Log LOG = Log.of(ScheduledSweep.class);

    private final SweepAuthorization authorization;
    private final ClusterRollout rollout;
    private final Sweep sweep;
    private final Clock clock;

    ScheduledSweep(SweepAuthorization authorization, ClusterRollout rollout, Sweep sweep, Clock clock) {
        this.authorization = authorization;
        this.rollout = rollout;
        this.sweep = sweep;
        this.clock = clock;
    }

    /** Returns true if the sweep has left a report; false if it failed, or another one has begun meanwhile. */
    boolean run(DefinitionSnapshot definitions, SweepCandidate candidate) {
        String cluster = candidate.cluster().name();
        String datasource = candidate.datasource();
        try {
            return swept(definitions, candidate).isPresent();
        } catch (DruidException exception) {
            LOG.error("Sweep failed", "cluster", cluster, "datasource", datasource, "reason", exception.getMessage());
        } catch (StateException | ObjectStoreException | IllegalStateException | IllegalArgumentException exception) {
            LOG.error(exception, "Sweep failed", "cluster", cluster, "datasource", datasource);
        }
        return false;
    }

    private Optional<SweepReport> swept(DefinitionSnapshot definitions, SweepCandidate candidate) {
        DruidCluster cluster = candidate.cluster();
        String datasource = candidate.datasource();
        SweepState state = candidate.state();
        SweepTarget target = authorization.target(definitions, cluster, datasource);
        SweepPermissions permissions = authorization.scheduled(definitions, target, state, clock.instant());
        String whyDryRun = firstSweep(target.policy(), state)
                .or(() -> rollout.waitsFor(definitions, cluster.name(), datasource, target.policy(), state))
                .orElse(null);
        return sweep.run(target, permissions, state, whyDryRun, null);
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
