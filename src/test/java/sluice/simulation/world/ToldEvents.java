package sluice.simulation.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventType;

/** What the bus was told, compared with what is stored and with Druid. */
final class ToldEvents {

    /** What begins an attempt, and may be stored as something else by then: a submitted run that somebody cancels, for instance. */
    private static final Set<EventType> BEGINNINGS = EnumSet.of(EventType.RUN_PLANNED, EventType.RUN_SUBMITTED);

    private final World world;
    /** As they stand in keys. */
    private final Set<String> loaded = new TreeSet<>();
    /** Tasks of attempts that have ended as superseded or cancelled. */
    private final Map<String, EventType> withdrawn = new TreeMap<>();

    private int seen;

    ToldEvents(World world) {
        this.world = world;
    }

    /** Days that a run has loaded, as they stand in keys. */
    Set<String> loadedDays() {
        listen();
        return loaded;
    }

    /** What Druid may have is not superseded, and its task has ended before it counts as cancelled. */
    List<Violation> goingOn() {
        listen();
        return withdrawn.entrySet().stream()
                .filter(attempt -> attempt.getValue() == EventType.RUN_SUPERSEDED
                        ? world.druid().metadata().hasTask(attempt.getKey())
                        : world.druid().metadata().hasLiveTask(attempt.getKey()))
                .map(attempt -> new Violation(
                        Invariant.OWNED,
                        attempt.getKey() + " goes on after "
                                + attempt.getValue().wireName()))
                .toList();
    }

    /** Hears what the bus has been told since the last time. */
    private void listen() {
        List<CloudEvent> all = world.events();
        for (; seen < all.size(); seen++) {
            JsonNode data = all.get(seen).data();
            String type = all.get(seen).type();
            if (type.equals(EventType.RUN_AVAILABLE.wireName())) {
                data.path("intervals")
                        .forEach(
                                interval -> loaded.add("dt=" + interval.asText().substring(0, 10)));
            } else if (type.equals(EventType.RUN_SUPERSEDED.wireName())) {
                withdrawn.put(data.path("taskId").asText(), EventType.RUN_SUPERSEDED);
            } else if (type.equals(EventType.RUN_CANCELLED.wireName())) {
                withdrawn.put(data.path("taskId").asText(), EventType.RUN_CANCELLED);
            }
        }
    }

    /** The bus has taken an event about each state of each run, and none about how an attempt ended that is not stored. */
    List<Violation> notAsStored(List<Run> runs) {
        Map<String, Set<String>> told = new TreeMap<>();
        world.events().forEach(event -> told.computeIfAbsent(
                        event.data().path("runId").asText() + " " + event.type(), any -> new HashSet<>())
                .add(event.id()));
        List<Violation> wrong = new ArrayList<>();
        for (Run run : runs) {
            Map<String, Integer> states = new TreeMap<>();
            Stream.concat(run.history().stream(), Stream.of(run.state()))
                    .map(RunState::event)
                    .filter(Objects::nonNull)
                    // A run that is refused when it is drafted was never announced as planned.
                    .filter(type -> type != EventType.RUN_PLANNED)
                    .forEach(type -> states.merge(run.id() + " " + type.wireName(), 1, Integer::sum));
            states.forEach((event, count) -> {
                if (told.getOrDefault(event, Set.of()).size() < count) {
                    wrong.add(new Violation(Invariant.EVENTS, count + " times " + event + ", told " + told.get(event)));
                }
            });
            told.entrySet().stream()
                    .filter(event -> event.getKey().startsWith(run.id() + " "))
                    .filter(event ->
                            BEGINNINGS.stream().noneMatch(type -> event.getKey().endsWith(type.wireName())))
                    .filter(event -> event.getValue().size() > states.getOrDefault(event.getKey(), 0))
                    .forEach(event -> wrong.add(new Violation(Invariant.STORED, event + ", but stored is " + states)));
        }
        return wrong;
    }
}
