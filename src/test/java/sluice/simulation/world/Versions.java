package sluice.simulation.world;

import java.util.List;
import java.util.Optional;
import sluice.core.definition.reader.ReadResult;
import sluice.govern.registry.Active;
import sluice.govern.registry.DefinitionCatalog;
import sluice.govern.registry.Proposal;
import sluice.govern.registry.Registry;
import sluice.govern.rollback.Rollbacks;
import sluice.simulation.Beans;

/** A person who applies two versions of a definition by the API, and later rolls back to the first, with its data. */
final class Versions {

    private final World world;
    private final String datasource;
    private final Workload workload;
    private int steps;

    Versions(World world, String datasource, Workload workload) {
        this.world = world;
        this.datasource = datasource;
        this.workload = workload;
    }

    /** Applies the first version, before anything else happens. */
    void begin() {
        apply("gate", workload.definition(datasource), 1);
    }

    /** Does what comes next: the second version, then the rollback. A step that fails is done again. */
    void next(String instance) {
        switch (steps) {
            case 0 -> {
                world.story().tell("apply version 2");
                steps += apply(instance, workload.secondDefinition(datasource), 2) ? 1 : 0;
            }
            case 1 -> {
                world.story().tell("roll back to version 1, with its data");
                steps += world.invoke(instance, this::rollBack) ? 1 : 0;
            }
            default -> world.story().tell("nothing more to roll back");
        }
        world.route();
    }

    private boolean apply(String instance, String text, int version) {
        return world.invoke(instance, beans -> {
            ReadResult read = beans.get(DefinitionCatalog.class).read(text);
            if (!(read instanceof ReadResult.Valid valid)) {
                throw new AssertionError("Not a definition: " + read.findings());
            }
            Registry registry = beans.get(Registry.class);
            Optional<Active> active = registry.active(datasource);
            if (active.filter(now -> now.latest() >= version).isEmpty()) {
                registry.apply(new Proposal(valid.definition(), text, "ada", "c0ffee", "a note"), active);
            }
        });
    }

    private void rollBack(Beans beans) {
        Active active = beans.get(Registry.class).active(datasource).orElseThrow();
        beans.get(Rollbacks.class).start(active, new Rollbacks.Order(null, true, "bob", "wrong", List.of()));
    }
}
