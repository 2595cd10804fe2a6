package sluice.upkeep.retention;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;
import sluice.core.batch.DefinitionSnapshot;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidException;
import sluice.platform.objects.ObjectStoreException;
import sluice.platform.state.StateException;

/** Sweeps one datasource by schedule. One that fails does not stop the others. */
@ApplicationScoped
class ScheduledSweep {

    private static final Logger LOG = Logger.getLogger(ScheduledSweep.class);

    private final Permits permits;
    private final ClusterRollout rollout;
    private final Sweep sweep;
    private final Clock clock;

    ScheduledSweep(Permits permits, ClusterRollout rollout, Sweep sweep, Clock clock) {
        this.permits = permits;
        this.rollout = rollout;
        this.sweep = sweep;
        this.clock = clock;
    }

    /** Returns true if the datasource was swept; false if the sweep failed or another one is under way. */
    boolean run(DefinitionSnapshot definitions, SweepCandidate candidate) {
        try {
            return scheduled(definitions, candidate);
        } catch (DruidException exception) {
            LOG.errorf("Sweep of %s ended early: %s", candidate.datasource(), exception.getMessage());
        } catch (StateException | ObjectStoreException | IllegalStateException | IllegalArgumentException exception) {
            LOG.errorf(exception, "Sweep of %s ended early", candidate.datasource());
        }
        return false;
    }

    private boolean scheduled(DefinitionSnapshot definitions, SweepCandidate candidate) {
        DruidCluster cluster = candidate.cluster();
        String datasource = candidate.datasource();
        SweepState state = candidate.state();
        Target target = permits.target(definitions, cluster, datasource);
        Permit permit = permits.scheduled(definitions, target, state, clock.instant());
        String why = Optional.ofNullable(why(target.policy(), state))
                .or(() -> rollout.waitsFor(definitions, cluster.name(), datasource, target.policy(), state))
                .orElse(null);
        return sweep.run(target, permit, state, why, null).isPresent();
    }

    private static String why(Policy policy, SweepState state) {
        if (state.policy() == null) {
            return "the first sweep of the datasource changes nothing";
        }
        return state.policy().equals(policy.text())
                ? null
                : "the first sweep by another policy changes nothing; before it was " + state.policy();
    }
}
