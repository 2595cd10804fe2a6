package sluice.entry.function;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a tick of the schedule did.
 *
 * @param datasources datasources that were swept, counted for each cluster
 */
@RegisterForReflection
public record Swept(int datasources) {}
