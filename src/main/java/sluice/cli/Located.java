package sluice.cli;

import sluice.contract.Finding;

/** A finding and the file that it is in; {@code -} is standard input. */
record Located(String file, Finding finding) {}
