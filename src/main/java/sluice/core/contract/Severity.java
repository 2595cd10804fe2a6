package sluice.core.contract;

/** How much a finding weighs: an error stops a run, a warning is shown, an info only advises. */
public enum Severity {
    ERROR,
    WARNING,
    INFO
}
