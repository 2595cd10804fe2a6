package sluice.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventBus;

/**
 * EventBridge in memory: takes ten events a call and no more than 256 KB, may refuse some of a call and take the others, and
 * may take events without the sender hearing of it.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html">PutEvents</a>
 */
public final class InMemoryEventBus implements EventBus {

    /** Of all entries of one call together. */
    static final int MAX_CALL_BYTES = 256 * 1024;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** What becomes of one call. */
    public enum Fate {
        /** The bus takes the events and confirms them. */
        WELL,
        /** The bus is not reached. */
        UNREACHED,
        /** The bus takes the events, and its answer is lost. */
        ANSWER_LOST
    }

    private final List<CloudEvent> taken = new ArrayList<>();
    private final List<Integer> calls = new ArrayList<>();
    private final Deque<Fate> fates = new ArrayDeque<>();
    private Calls<List<CloudEvent>> watcher = new Calls<>() {};
    private Predicate<CloudEvent> refused = event -> false;

    /** The fates of the next calls, in order; those after them go well. */
    public void next(Fate... next) {
        fates.addAll(List.of(next));
    }

    /** From now on refuses such events, and takes those beside them in the same call. */
    public void refuse(Predicate<CloudEvent> events) {
        refused = events;
    }

    /** From now on sees every call; there is one at a time. */
    public void watch(Calls<List<CloudEvent>> calls) {
        watcher = calls;
    }

    /** What the bus has taken, in order, each as often as it was sent. */
    public List<CloudEvent> taken() {
        return List.copyOf(taken);
    }

    /** How many events each call had that reached the bus. */
    public List<Integer> calls() {
        return List.copyOf(calls);
    }

    @Override
    public List<String> publish(List<CloudEvent> events) {
        List<String> confirmed = new ArrayList<>();
        for (int from = 0; from < events.size(); from += EVENTS_PER_CALL) {
            confirmed.addAll(put(events.subList(from, Math.min(from + EVENTS_PER_CALL, events.size()))));
        }
        return List.copyOf(confirmed);
    }

    private List<String> put(List<CloudEvent> page) {
        watcher.before(page);
        Fate fate = fates.isEmpty() ? Fate.WELL : fates.remove();
        if (fate == Fate.UNREACHED) {
            return List.of();
        }
        calls.add(page.size());
        if (page.stream().mapToInt(InMemoryEventBus::bytes).sum() > MAX_CALL_BYTES) {
            return List.of();
        }
        List<CloudEvent> accepted = page.stream().filter(refused.negate()).toList();
        taken.addAll(accepted);
        watcher.after(page);
        return fate == Fate.ANSWER_LOST
                ? List.of()
                : accepted.stream().map(CloudEvent::id).toList();
    }

    /** What EventBridge counts of an entry: its time, source, type and detail. */
    private static int bytes(CloudEvent event) {
        try {
            return 14
                    + event.source().getBytes(StandardCharsets.UTF_8).length
                    + event.type().getBytes(StandardCharsets.UTF_8).length
                    + MAPPER.writeValueAsBytes(event).length;
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException("event " + event.id() + " has data that is not JSON", exception);
        }
    }
}
