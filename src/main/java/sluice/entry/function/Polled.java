package sluice.entry.function;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The result of {@code poll}.
 *
 * @param due number of due items
 */
@RegisterForReflection
public record Polled(int due) {}
