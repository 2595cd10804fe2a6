package sluice.govern.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen of a stream.
 *
 * @param since when it came to be in this state
 * @param lag unread messages when the state began, or when the lag last shrank
 * @param lagSince when the lag last shrank or was small
 * @param starting sum of the offsets at which the reading tasks have begun; it grows when tasks publish
 * @param lastPublication when that sum was last seen to grow; null if it was not
 * @param passedOver messages that Druid has passed over, the last time of each partition
 */
record StreamHealth(
        State state,
        Instant since,
        String reason,
        long lag,
        Instant lagSince,
        long starting,
        @Nullable Instant lastPublication,
        List<PassedOver> passedOver) {

    StreamHealth {
        passedOver = List.copyOf(passedOver);
    }

    /** What the watch thinks of a stream. */
    enum State {
        HEALTHY,
        UNHEALTHY,
        LAGGING;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static StreamHealth first(Instant now) {
        return new StreamHealth(State.HEALTHY, now, "", 0, now, 0, null, List.of());
    }

    /** Returns a copy with what its tasks have published. */
    StreamHealth published(long newStarting, Instant now) {
        boolean isFirst = starting == 0;
        return new StreamHealth(
                state,
                since,
                reason,
                lag,
                lagSince,
                newStarting,
                !isFirst && newStarting > starting ? now : lastPublication,
                passedOver);
    }

    /** Returns a copy with the present lag. A lag that shrinks is being worked off. */
    StreamHealth lagging(long newLag, long most, Instant now) {
        boolean isWorkedOff = newLag <= most || newLag < lag || lag == 0;
        return new StreamHealth(
                state, since, reason, newLag, isWorkedOff ? now : lagSince, starting, lastPublication, passedOver);
    }

    boolean isStuck(Duration patience, long most, Instant now) {
        return lag > most && !now.isBefore(lagSince.plus(patience));
    }

    StreamHealth to(State next, String why, Instant now) {
        return new StreamHealth(
                next, next == state ? since : now, why, lag, lagSince, starting, lastPublication, passedOver);
    }

    /** Returns a copy with further messages that Druid has passed over. */
    StreamHealth passing(List<PassedOver> fresh) {
        Map<String, PassedOver> byPartition = new TreeMap<>();
        Stream.concat(passedOver.stream(), fresh.stream()).forEach(each -> byPartition.put(each.partition(), each));
        return new StreamHealth(
                state, since, reason, lag, lagSince, starting, lastPublication, List.copyOf(byPartition.values()));
    }
}
