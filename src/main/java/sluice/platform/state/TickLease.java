package sluice.platform.state;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Lets one tick go on at a time. It ends soon after its holder dies. It only saves work: two ticks at once do no harm, because
 * every write is conditional.
 */
@ApplicationScoped
public class TickLease {

    private static final Duration LENGTH = Duration.ofSeconds(20);
    private static final Duration RENEWED_BEFORE = Duration.ofSeconds(10);
    private static final String UNTIL = "until";
    private static final String HOLDER = "holder";

    private final StateTable table;
    private final Clock clock;
    private final String holder = UUID.randomUUID().toString();
    private Instant until = Instant.EPOCH;

    public TickLease(StateTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** Takes or renews the lease. Returns false if another tick has it. */
    public boolean isHeld() {
        Instant now = clock.instant();
        if (now.isBefore(until.minus(RENEWED_BEFORE))) {
            return true;
        }
        Instant next = now.plus(LENGTH);
        boolean held = table.updateIf(
                        Key.tick(),
                        Changes.NONE.set(UNTIL, next).set(HOLDER, holder),
                        Condition.lacks(UNTIL).or(Condition.before(UNTIL, now)).or(Condition.equal(HOLDER, holder)))
                .isPresent();
        until = held ? next : Instant.EPOCH;
        return held;
    }

    /** Lets the next tick begin at once. */
    public void end() {
        until = Instant.EPOCH;
        table.updateIf(Key.tick(), Changes.NONE.remove(UNTIL), Condition.equal(HOLDER, holder));
    }
}
