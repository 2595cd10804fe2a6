package sluice.govern.registry;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import sluice.core.definition.reader.ReadResult;
import sluice.core.reach.ReachPolicy;
import sluice.ingest.EnvironmentReach;
import sluice.platform.objects.ObjectStore;
import sluice.platform.secrets.DefinitionSecrets;

/**
 * Reads each text once for all processes with the same settings, as each process does for itself. The simulated world starts
 * thousands of processes a second.
 */
public final class SharedDefinitionCatalog extends DefinitionCatalog {

    private static final Map<Question, ReadResult> READ = new ConcurrentHashMap<>();

    private final Optional<List<String>> variables;
    private final Set<String> secrets;
    private final ReachPolicy reach;

    /** Everything that decides what a text says. */
    private record Question(Optional<List<String>> variables, Set<String> secrets, ReachPolicy reach, String text) {}

    SharedDefinitionCatalog(
            ObjectStore store,
            Registry registry,
            Clock clock,
            DefinitionSettings settings,
            DefinitionSecrets secrets,
            EnvironmentReach reach) {
        super(store, registry, clock, settings, secrets, reach);
        this.variables = settings.variables();
        this.secrets = secrets.names();
        this.reach = reach.policy();
    }

    @Override
    public ReadResult read(String text) {
        return READ.computeIfAbsent(new Question(variables, secrets, reach, text), question -> super.read(text));
    }
}
