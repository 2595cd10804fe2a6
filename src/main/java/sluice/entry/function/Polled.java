package sluice.entry.function;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a tick of the schedule did.
 *
 * @param due items that were due
 */
@RegisterForReflection
public record Polled(int due) {}
