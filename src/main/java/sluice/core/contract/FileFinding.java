package sluice.core.contract;

/** A finding and its file; {@code -} is standard input. */
public record FileFinding(String file, Finding finding) {}
