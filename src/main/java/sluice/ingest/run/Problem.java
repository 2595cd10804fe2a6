package sluice.ingest.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;

/**
 * Why a run did not end as Available.
 *
 * @param code the kind of problem
 * @param message for a person: what was found and what to do
 */
@RegisterForReflection
public record Problem(Code code, String message) {

    private static final int FINDINGS_IN_MESSAGE = 5;

    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }

    /** Returns a problem with the message of its cause. */
    public static Problem of(Code code, Exception cause) {
        return new Problem(code, Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
    }

    /** Returns the problem of a run in this state; empty if it has none. */
    public static Optional<Problem> of(RunState state) {
        if (state instanceof RunState.Failed failed) {
            return Optional.of(failed.problem());
        } else if (state instanceof RunState.TimedOut timedOut) {
            return Optional.of(timedOut.problem());
        } else if (state instanceof RunState.RolledBack rolledBack) {
            return Optional.of(rolledBack.problem());
        } else if (state instanceof RunState.Refused refused) {
            return Optional.of(refused.problem());
        }
        return Optional.empty();
    }

    /** Returns the problem of a run that these findings refuse. It names the first errors among them. */
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
        /** The spec breaks Druid's ingestion contract. Nothing was submitted. */
        CONTRACT,
        /** The columns of the files have changed, and the definition refuses the run for it. */
        DRIFT,
        /** Druid refused the task. */
        REFUSED_BY_DRUID,
        /** Druid has another task under this run's id, such as one of a run that the table has lost. It may load the same files. */
        TASK_CONFLICT,
        /** The task ended as FAILED. */
        TASK_FAILED,
        /** Druid no longer knows the task. */
        TASK_LOST,
        /** Row counts are not what the definition expects. */
        EXPECTATION,
        /** The task's report and its segments disagree. */
        ROWS_MISMATCH,
        /**
         * What the run published should have been taken back, but its segments cannot be told from those of other tasks, or its
         * cluster is gone. Its rows are or may be served.
         */
        NOT_TAKEN_BACK,
        /** Servers were restarted while the task ran, so it may have loaded rows twice, or failed for no reason of its own. */
        SERVERS_RESTARTED,
        /** S3 did not accept the presigned addresses of the objects any more. They die with the session of the role that signed them. */
        ADDRESSES_EXPIRED,
        /** Objects were overwritten or deleted before the task read them. Nothing of it is served, and they are planned anew. */
        OBJECTS_CHANGED,
        /** The run took longer than its time limit. */
        TIME_LIMIT,
        /** Segments were published but were not served in time. */
        NOT_AVAILABLE,
        /** The cluster did not answer for too long. */
        UNREACHABLE,
        /** The definition version of the run was rolled back. */
        DEFINITION_ROLLED_BACK,
        /** The environment does not have the cluster. The run's task was not posted. */
        UNKNOWN_CLUSTER
    }

    /** Returns true if rows of a run that failed or timed out with this problem are or may be in the datasource. */
    @JsonIgnore
    public boolean mayHaveLoaded() {
        return switch (code) {
            case EXPECTATION, NOT_AVAILABLE, NOT_TAKEN_BACK, TASK_CONFLICT -> true;
            case CONTRACT,
                    DRIFT,
                    REFUSED_BY_DRUID,
                    TASK_FAILED,
                    TASK_LOST,
                    ROWS_MISMATCH,
                    SERVERS_RESTARTED,
                    ADDRESSES_EXPIRED,
                    OBJECTS_CHANGED,
                    TIME_LIMIT,
                    UNREACHABLE,
                    DEFINITION_ROLLED_BACK,
                    UNKNOWN_CLUSTER -> false;
        };
    }

    /** Returns true if another attempt may succeed although nobody has changed anything. */
    @JsonIgnore
    public boolean isWorthRetrying() {
        return switch (code) {
            case TASK_LOST, ROWS_MISMATCH, SERVERS_RESTARTED, ADDRESSES_EXPIRED -> true;
            case TASK_FAILED -> TransientFailures.recognise(message);
            case CONTRACT,
                    DRIFT,
                    REFUSED_BY_DRUID,
                    TASK_CONFLICT,
                    EXPECTATION,
                    NOT_TAKEN_BACK,
                    OBJECTS_CHANGED,
                    TIME_LIMIT,
                    NOT_AVAILABLE,
                    UNREACHABLE,
                    DEFINITION_ROLLED_BACK,
                    UNKNOWN_CLUSTER -> false;
        };
    }

    /** Returns true if the run may have failed because of what is in its files. Then the same files fail again. */
    @JsonIgnore
    public boolean isAboutInput() {
        return switch (code) {
            case CONTRACT, DRIFT, REFUSED_BY_DRUID, TASK_FAILED, EXPECTATION, TIME_LIMIT -> true;
            case TASK_CONFLICT,
                    TASK_LOST,
                    ROWS_MISMATCH,
                    NOT_TAKEN_BACK,
                    OBJECTS_CHANGED,
                    SERVERS_RESTARTED,
                    ADDRESSES_EXPIRED,
                    NOT_AVAILABLE,
                    UNREACHABLE,
                    DEFINITION_ROLLED_BACK,
                    UNKNOWN_CLUSTER -> false;
        };
    }
}
