package sluice.core.contract;

/** The weight of a finding: an error stops a run, a warning is shown, an info only advises. */
public enum Severity {
    ERROR,
    WARNING,
    INFO
}
