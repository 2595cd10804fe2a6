package sluice.entry.function;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The result of {@code retain}.
 *
 * @param datasources number of swept datasources, counted once per cluster
 */
@RegisterForReflection
public record Swept(int datasources) {}
