package sluice.simulation.druid;

import java.util.Optional;

/** Decides what goes wrong with each call to Druid. */
public interface CallFaults {

    /** Nothing goes wrong. */
    CallFaults NONE = (call, subject) -> Optional.empty();

    /**
     * The fault of the next call, or empty where it goes well.
     *
     * @param subject the task, datasource or supervisor that the call is about; empty where it is about the cluster
     */
    Optional<CallFault> next(DruidCall call, String subject);

    /** The first call of a kind goes wrong, and no other. */
    static CallFaults once(DruidCall wrong, CallFault fault) {
        return new CallFaults() {
            private boolean done;

            @Override
            public Optional<CallFault> next(DruidCall call, String subject) {
                if (done || call != wrong) {
                    return Optional.empty();
                }
                done = true;
                return Optional.of(fault);
            }
        };
    }
}
