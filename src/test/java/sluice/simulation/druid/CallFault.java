package sluice.simulation.druid;

import java.time.Duration;
import sluice.platform.druid.DruidException;

/** What goes wrong with a call. */
public sealed interface CallFault {

    /** Druid never saw the call. */
    record Refused(DruidException.Code code) implements CallFault {}

    /** Druid did what was asked, and the caller never hears of it. */
    record AnswerLost(DruidException.Code code) implements CallFault {}

    /**
     * Druid does not answer within the caller's patience.
     *
     * @param patience how long the caller waits
     * @param takesEffect whether Druid does what was asked all the same
     */
    record Hangs(Duration patience, boolean takesEffect) implements CallFault {}

    /** The first answer is lost and the client repeats the call, so the caller gets the answer to the second. */
    record Repeated() implements CallFault {}
}
