package sluice.simulation.druid;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import sluice.platform.druid.DruidException;

/** The network between the callers and Druid, with its faults. */
final class Calls {

    private final String cluster;
    private CallFaults faults = CallFaults.NONE;
    private Consumer<Duration> passing = time -> {};

    Calls(String cluster) {
        this.cluster = cluster;
    }

    void faults(CallFaults changed) {
        faults = changed;
    }

    /** Whom to tell how long a caller waits for an answer that does not come. */
    void passing(Consumer<Duration> waiting) {
        passing = waiting;
    }

    <T> T call(DruidCall call, String subject, Supplier<T> effect) {
        Optional<CallFault> fault = faults.next(call, subject);
        if (fault.isEmpty()) {
            return effect.get();
        }
        if (fault.get() instanceof CallFault.Refused refused) {
            throw failure(refused.code(), call, "refused");
        }
        if (fault.get() instanceof CallFault.AnswerLost lost) {
            effect.get();
            throw failure(lost.code(), call, "answer lost");
        }
        if (fault.get() instanceof CallFault.Hangs hangs) {
            if (hangs.takesEffect()) {
                effect.get();
            }
            passing.accept(hangs.patience());
            throw failure(DruidException.Code.TIMED_OUT, call, "no answer in time");
        }
        effect.get();
        return effect.get();
    }

    private DruidException failure(DruidException.Code code, DruidCall call, String what) {
        return new DruidException(code, cluster, call + ": " + what);
    }
}
