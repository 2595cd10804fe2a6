package sluice.platform.state;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What every state table does: DynamoDB, and the one in memory by which the other tests go. */
public interface StateTableContract {

    Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    Key KEY = new Key("p", "s");

    /** More than a third of what an item may have. */
    String LARGE = "x".repeat(140_000);

    /** The table of this test, at first without items, whose indexes follow at once. */
    StateTable table();

    static Key key(int number) {
        return new Key("p", "s%03d".formatted(number));
    }

    static List<String> sortKeys(List<Item> items) {
        return items.stream().map(item -> Key.of(item).sk()).toList();
    }

    static StateException.Code codeOf(ThrowingCallable call) {
        return catchThrowableOfType(StateException.class, call).code();
    }
}
