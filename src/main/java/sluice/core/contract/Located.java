package sluice.core.contract;

/** A finding and the file that it is in; {@code -} is standard input. */
public record Located(String file, Finding finding) {}
