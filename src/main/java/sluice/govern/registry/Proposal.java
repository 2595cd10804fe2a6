package sluice.govern.registry;

import org.jspecify.annotations.Nullable;
import sluice.core.definition.Definition;

/**
 * A definition that somebody wants to activate.
 *
 * @param definition as read
 * @param text as written
 * @param author the caller's identity
 * @param commit git commit of the text; null if not stated
 * @param note the author's words; null if not stated
 */
public record Proposal(
        Definition definition, String text, String author, @Nullable String commit, @Nullable String note) {}
