package sluice.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import sluice.core.reach.ReachPolicy;

/** What the definitions of this environment may reach. */
@ApplicationScoped
public class EnvironmentReach {

    private final ReachPolicy policy;

    /** @throws IllegalArgumentException if a setting is malformed */
    EnvironmentReach(ReachSettings settings) {
        this.policy = ReachPolicy.of(settings.buckets(), settings.reach().orElse(List.of()));
    }

    public ReachPolicy policy() {
        return policy;
    }
}
