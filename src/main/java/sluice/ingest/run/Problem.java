package sluice.ingest.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;

/**
 * Why a run did not go well.
 *
 * @param code what kind of problem it is
 * @param message what was found and what to do, for a person
 */
@RegisterForReflection
public record Problem(Code code, String message) {

    private static final int FINDINGS_IN_MESSAGE = 5;

    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }

    /** The problem of a run that is refused for these findings: names the first errors among them. */
    public static Problem refused(Code code, List<Finding> findings) {
        List<Finding> errors = findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
        String first = errors.stream()
                .limit(FINDINGS_IN_MESSAGE)
                .map(finding -> finding.code() + " " + finding.pointer() + ": " + finding.message())
                .collect(Collectors.joining("; "));
        return new Problem(
                code,
                errors.size() > FINDINGS_IN_MESSAGE
                        ? first + "; and " + (errors.size() - FINDINGS_IN_MESSAGE) + " more"
                        : first);
    }

    /** Kinds of problems. */
    public enum Code {
        /** The spec does not keep Druid's ingestion contract; nothing was sent. */
        CONTRACT,
        /** The columns of the files are not what they were, and the definition says that this refuses the run. */
        DRIFT,
        /** Druid refused the task. */
        REFUSED_BY_DRUID,
        /** Druid has another task under this run's id. */
        TASK_CONFLICT,
        /** The task ended as FAILED. */
        TASK_FAILED,
        /** Druid no longer knows the task. */
        TASK_LOST,
        /** Row counts are not what the definition expects. */
        EXPECTATION,
        /** What the task reported and what its segments hold differ. */
        ROWS_MISMATCH,
        /** The same, and other tasks wrote to the same chunks, so that what is there can neither be taken back nor added to. */
        NOT_TAKEN_BACK,
        /** Servers were restarted under the task, which may have loaded rows twice. */
        SERVERS_RESTARTED,
        /** The run took longer than its time limit. */
        TIME_LIMIT,
        /** Segments were published and did not become queryable in time. */
        NOT_AVAILABLE,
        /** The cluster could not be reached within the time limit. */
        UNREACHABLE,
        /** The definition that the run was planned by was rolled back. */
        DEFINITION_ROLLED_BACK,
        /** The environment does not know the cluster. */
        UNKNOWN_CLUSTER
    }

    /** Whether the same task may succeed when it is tried once more, with nothing changed by a person. */
    @JsonIgnore
    public boolean isWorthRetrying() {
        return switch (code) {
            case TASK_LOST, ROWS_MISMATCH, SERVERS_RESTARTED -> true;
            case TASK_FAILED -> TransientFailures.recognise(message);
            case CONTRACT,
                    DRIFT,
                    REFUSED_BY_DRUID,
                    TASK_CONFLICT,
                    EXPECTATION,
                    NOT_TAKEN_BACK,
                    TIME_LIMIT,
                    NOT_AVAILABLE,
                    UNREACHABLE,
                    DEFINITION_ROLLED_BACK,
                    UNKNOWN_CLUSTER -> false;
        };
    }
}
