package sluice.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import sluice.platform.state.StateException;
import sluice.platform.state.TransactionCancelledException;
import sluice.platform.state.TransactionCancelledException.Failure;
import sluice.platform.state.TransactionCancelledException.Reason;

/** Failures that a test plans for calls to come. Each fails one call; the first planned failure that fits comes first. */
public final class TableFailures implements TableObserver {

    private enum Kind {
        THROTTLED,
        CONFLICT,
        TIMED_OUT_BEFORE,
        TIMED_OUT_AFTER,
        REPEATED
    }

    private record Planned(Kind kind, Predicate<TableCall> calls) {}

    private final Deque<Planned> planned = new ArrayDeque<>();
    private TableCall failed;

    /** The next such call is throttled and has no effect. */
    public TableFailures throttle(Predicate<TableCall> calls) {
        return plan(Kind.THROTTLED, calls);
    }

    /** The next such write meets another one of the same item and has no effect. */
    public TableFailures conflict(Predicate<TableCall> calls) {
        return plan(Kind.CONFLICT, calls);
    }

    /** The next such call times out and has no effect. */
    public TableFailures timeOutBefore(Predicate<TableCall> calls) {
        return plan(Kind.TIMED_OUT_BEFORE, calls);
    }

    /** The next such call takes effect and times out. */
    public TableFailures timeOutAfter(Predicate<TableCall> calls) {
        return plan(Kind.TIMED_OUT_AFTER, calls);
    }

    /** The answer of the next such call is lost, and the SDK repeats the call. */
    public TableFailures repeat(Predicate<TableCall> calls) {
        return plan(Kind.REPEATED, calls);
    }

    /** Returns true if every planned failure has met its call. */
    public boolean isDone() {
        return planned.isEmpty();
    }

    @Override
    public void before(TableCall call) {
        if (isNext(Kind.THROTTLED, call)) {
            throw new StateException(StateException.Code.THROTTLED, "too many calls");
        } else if (isNext(Kind.CONFLICT, call)) {
            throw conflict(call);
        } else if (isNext(Kind.TIMED_OUT_BEFORE, call)) {
            throw new StateException(StateException.Code.TIMED_OUT, "no answer in time");
        }
    }

    @Override
    public void after(TableCall call) {
        if (isNext(Kind.TIMED_OUT_AFTER, call)) {
            throw new StateException(StateException.Code.TIMED_OUT, "no answer in time");
        }
    }

    @Override
    public boolean isRepeated(TableCall call) {
        return isNext(Kind.REPEATED, call);
    }

    private TableFailures plan(Kind kind, Predicate<TableCall> calls) {
        planned.add(new Planned(kind, calls));
        return this;
    }

    private boolean isNext(Kind kind, TableCall call) {
        if (call == failed) {
            return false;
        }
        Optional<Planned> first = planned.stream()
                .filter(failure -> failure.calls().test(call))
                .findFirst()
                .filter(failure -> failure.kind() == kind);
        first.ifPresent(failure -> {
            planned.remove(failure);
            failed = call;
        });
        return first.isPresent();
    }

    private static StateException conflict(TableCall call) {
        return call.kind() == TableCall.Kind.TRANSACT
                ? new TransactionCancelledException(
                        List.of(new Failure(call.keys().get(0), Reason.CONFLICT, Optional.empty())))
                : new StateException(StateException.Code.CONFLICT, "another write is under way");
    }
}
