package sluice.ingest.follow;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.ingest.run.Run;
import sluice.platform.event.CloudEvent;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Outbox;
import sluice.platform.state.StateSettings;
import sluice.platform.state.StateTable;
import sluice.platform.state.Write;

/** Remembers what became of the tags on the objects of a run, so that nobody has to ask S3 for those of each object. */
@ApplicationScoped
public class RunTagStore {

    private static final String STATE = "tagState";
    /** Present while objects are left: the number of those that are done. */
    private static final String NEXT = "next";

    private final StateTable table;
    private final TagRequests requests;
    private final Outbox outbox;
    private final Clock clock;
    private final StateSettings settings;

    RunTagStore(StateTable table, TagRequests requests, Outbox outbox, Clock clock, StateSettings settings) {
        this.table = table;
        this.requests = requests;
        this.outbox = outbox;
        this.clock = clock;
        this.settings = settings;
    }

    /** Returns what became of the tags that the run's present state wants; empty if none were set. */
    public Optional<RunTags> find(Run run) {
        return item(run)
                .map(item -> new RunTags(
                        item.text(STATE).orElseThrow(),
                        item.time("at").orElseThrow(),
                        Math.toIntExact(item.number("objects", 0)),
                        Math.toIntExact(item.number("tagged", 0)),
                        item.text("problem").orElse(null)));
    }

    /** Returns how many objects are done while others are left; 0 if none are done or all are. */
    int done(Run run) {
        return item(run).map(item -> Math.toIntExact(item.number(NEXT, 0))).orElse(0);
    }

    /**
     * Remembers that objects are left, and asks for the next ones.
     *
     * @param from number of objects that were done before
     * @param next number of objects that are done now
     * @throws sluice.platform.state.TransactionCancelledException if others went on from there
     */
    void goOn(Run run, int objects, int tagged, int from, int next) {
        CloudEvent request = requests.of(run, next);
        Item item = item(run, objects, tagged, null).with(NEXT, next);
        table.transact(List.of(from == 0 ? Write.put(item) : Write.put(item, isAt(run, from)), outbox.stored(request)));
        outbox.send(List.of(request));
    }

    /** Remembers that no objects are left, unless others went on from there. */
    void end(Run run, int objects, int tagged, int from, @Nullable String problem) {
        Item item = item(run, objects, tagged, problem);
        if (from == 0) {
            table.put(item);
        } else {
            table.putIf(item, isAt(run, from));
        }
    }

    private static Condition isAt(Run run, int from) {
        return Condition.equal(STATE, RunTags.stateFor(run)).and(Condition.equal(NEXT, from));
    }

    private Optional<Item> item(Run run) {
        return table.get(Key.tags(run.id(), run.attempt()))
                .filter(item -> item.text(STATE).equals(Optional.of(RunTags.stateFor(run))));
    }

    private Item item(Run run, int objects, int tagged, @Nullable String problem) {
        return Item.at(Key.tags(run.id(), run.attempt()))
                .with(STATE, RunTags.stateFor(run))
                .with("at", clock.instant())
                .with("objects", objects)
                .with("tagged", tagged)
                .with("problem", problem)
                .expiring(clock.instant().plus(settings.keep()));
    }
}
