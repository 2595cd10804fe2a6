package sluice.core.contract;

/** A finding and the file that it is in; {@code -} is standard input. */
public record FileFinding(String file, Finding finding) {}
