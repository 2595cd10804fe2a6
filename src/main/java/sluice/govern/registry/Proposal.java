package sluice.govern.registry;

import sluice.core.definition.Definition;

/**
 * A definition that somebody wants in force.
 *
 * @param definition as read
 * @param text as written
 * @param author the caller's identity
 * @param commit git commit that the text comes from, or null
 * @param note the author's own words, or null
 */
public record Proposal(Definition definition, String text, String author, String commit, String note) {}
