package sluice.ingest.run;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A run in a list.
 *
 * @param kind kind of the run, the label of a {@link sluice.core.batch.RunKind}
 * @param state label of the run's state
 * @param createdAt when the run was first planned
 * @param definitionHash version of the definition that planned its last attempt
 */
@RegisterForReflection
public record RunSummary(
        String id,
        String cluster,
        String datasource,
        String kind,
        String state,
        Instant createdAt,
        String definitionHash) {}
