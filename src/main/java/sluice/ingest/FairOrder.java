package sluice.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;

/** Orders work so that nobody's backlog stands before everybody else. */
public final class FairOrder {

    private FairOrder() {}

    /** Returns one element of each owner in turns. The elements of one owner keep their order. */
    public static <T> List<T> inTurns(Collection<T> elements, Function<T, ?> owner) {
        Map<Object, Queue<T>> byOwner = new LinkedHashMap<>();
        for (T element : elements) {
            byOwner.computeIfAbsent(owner.apply(element), any -> new ArrayDeque<>())
                    .add(element);
        }
        List<T> turns = new ArrayList<>(elements.size());
        while (!byOwner.isEmpty()) {
            byOwner.values().forEach(queue -> turns.add(queue.remove()));
            byOwner.values().removeIf(Queue::isEmpty);
        }
        return List.copyOf(turns);
    }
}
