package sluice.core.json;

/** A place in a text, both from 1. */
public record Position(int line, int column) {}
