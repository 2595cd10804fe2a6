package sluice.govern.rollback;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import sluice.core.definition.Definition;
import sluice.core.definition.Drift;
import sluice.govern.registry.Activation;
import sluice.govern.registry.Active;
import sluice.govern.registry.ContendedException;
import sluice.govern.registry.DefinitionCatalog;
import sluice.govern.registry.Registry;
import sluice.ingest.follow.RunFollowUp;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunIndex;
import sluice.ingest.run.RunState;
import sluice.platform.log.Log;

/**
 * Rolls a definition back because of how a run ended: its counts violate {@code expect} and the definition says
 * {@code onViolation: rollback}, or columns have changed and the definition says {@code drift: rollback}.
 *
 * <p>It replaces only a version that has not made any rows available yet, and only by its parent. If a proven version meets
 * a bad file, the file is at fault. A version that came back by a rollback is not rolled back in turn.
 */
@ApplicationScoped
@Priority(50)
class AutomaticRollback implements RunFollowUp {

    /** Author of automatic rollbacks. */
    static final String AUTHOR = "sluice";

    private static final Log LOG = Log.of(AutomaticRollback.class);

    private final RunIndex index;
    private final Registry registry;
    private final DefinitionCatalog catalog;
    private final Rollbacks rollbacks;

    AutomaticRollback(RunIndex index, Registry registry, DefinitionCatalog catalog, Rollbacks rollbacks) {
        this.index = index;
        this.registry = registry;
        this.catalog = catalog;
        this.rollbacks = rollbacks;
    }

    /**
     * Starts a rollback if the end of the run calls for one. A repeated call is a no-op. The version that becomes active
     * attempts the run again.
     */
    @Override
    public void ended(Run run) {
        Optional<String> cause = cause(run);
        if (cause.isEmpty()) {
            return;
        }
        String datasource = run.datasource();
        Optional<Active> active = registry.active(datasource)
                .filter(read -> read.hash().equals(run.definitionHash()))
                .filter(this::wasApplied)
                .filter(read -> isUnproven(datasource, read.hash()));
        if (active.isEmpty()) {
            LOG.info("Definition stays active", "datasource", datasource, "runId", run.id(), "reason", cause.get());
            return;
        }
        try {
            rollbacks.start(active.get(), new Rollbacks.Order(null, true, AUTHOR, cause.get(), List.of(run.id())));
        } catch (RollbackException | ContendedException exception) {
            LOG.info(
                    "Definition is not rolled back",
                    "datasource",
                    datasource,
                    "runId",
                    run.id(),
                    "reason",
                    exception.getMessage());
        }
    }

    private Optional<String> cause(Run run) {
        if (run.state() instanceof RunState.RolledBack end && end.problem().code() == Problem.Code.EXPECTATION) {
            return Optional.of(
                    "run " + run.id() + " of the new version: " + end.problem().message());
        }
        if (run.state() instanceof RunState.Refused end && end.problem().code() == Problem.Code.DRIFT) {
            return catalog.fresh()
                    .find(run.datasource())
                    .map(Definition::drift)
                    .filter(Drift.ROLLBACK::equals)
                    .map(policy -> "run " + run.id() + " of the new version: "
                            + end.problem().message());
        }
        return Optional.empty();
    }

    private boolean wasApplied(Active active) {
        return registry.history(active.datasource(), 1).stream()
                .anyMatch(activation -> activation.kind() == Activation.Kind.APPLY && activation.before() != null);
    }

    private boolean isUnproven(String datasource, String hash) {
        String available = RunState.Available.class.getSimpleName();
        return index.all(datasource).stream()
                .noneMatch(
                        run -> run.definitionHash().equals(hash) && run.state().equals(available));
    }
}
