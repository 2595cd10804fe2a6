package sluice.govern.drift;

import java.util.List;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.definition.Drift;

/** Describes drift under a policy as findings. */
final class DriftFindings {

    private DriftFindings() {}

    static List<Finding> of(List<ColumnDrift> drift, Drift policy, boolean isOpen) {
        return of(drift, policy, isOpen, "files");
    }

    /** @param sources what has the columns, in the plural */
    static List<Finding> of(List<ColumnDrift> drift, Drift policy, boolean isOpen, String sources) {
        return drift.stream().map(one -> finding(one, policy, isOpen, sources)).toList();
    }

    private static Finding finding(ColumnDrift drift, Drift policy, boolean isOpen, String sources) {
        if (drift instanceof ColumnDrift.New column) {
            return DriftCode.NEW_COLUMN.finding(
                    severity(policy),
                    column.pointer(),
                    "The " + sources + " have a new column '" + column.column() + "' (" + column.kind() + ")"
                            + (isOpen ? ", which Druid takes up by itself" : ", which is not loaded"),
                    "the columns that the definition names and those that earlier " + sources + " had",
                    "apply a definition that has it under dimensions, or under dimensionExclusions to leave it out");
        }
        if (drift instanceof ColumnDrift.Missing column) {
            return DriftCode.MISSING_COLUMN.finding(
                    column.isCertain() && column.wasThere() ? severity(policy) : Severity.WARNING,
                    column.pointer(),
                    "Column '" + column.column() + "' is not in the "
                            + (column.isCertain() ? sources : "sample of the " + sources)
                            + (column.wasThere() ? ", and earlier " + sources + " had it" : ""),
                    "a column of the " + sources + "; a missing one is loaded as null",
                    column.nearest());
        }
        ColumnDrift.Retyped column = (ColumnDrift.Retyped) drift;
        return DriftCode.RETYPED_COLUMN.finding(
                severity(policy),
                column.pointer(),
                "Column '" + column.column() + "' has values of kind " + column.now(),
                "values of kind " + column.before(),
                "Druid stores null, or a part, of what it cannot read as the declared type: declare another type, or mend"
                        + " the " + sources);
    }

    private static Severity severity(Drift policy) {
        return policy == Drift.FAIL || policy == Drift.ROLLBACK ? Severity.ERROR : Severity.WARNING;
    }
}
