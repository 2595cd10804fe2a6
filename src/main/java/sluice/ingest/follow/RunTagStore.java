package sluice.ingest.follow;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.ingest.run.Run;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateSettings;
import sluice.platform.state.StateTable;

/** Remembers what became of the tags on the objects of a run, so that nobody has to ask S3 for those of each object. */
@ApplicationScoped
public class RunTagStore {

    private final StateTable table;
    private final Clock clock;
    private final StateSettings settings;

    RunTagStore(StateTable table, Clock clock, StateSettings settings) {
        this.table = table;
        this.clock = clock;
        this.settings = settings;
    }

    /** Returns what became of the tags that the run's present state wants; empty if none were set. */
    public Optional<RunTags> find(Run run) {
        return table.get(Key.tags(run.id(), run.attempt()))
                .map(item -> new RunTags(
                        item.text("tagState").orElseThrow(),
                        item.time("at").orElseThrow(),
                        Math.toIntExact(item.number("objects", 0)),
                        Math.toIntExact(item.number("tagged", 0)),
                        item.text("problem").orElse(null)))
                .filter(tags -> tags.state().equals(RunTags.stateFor(run)));
    }

    void write(Run run, int objects, int tagged, @Nullable String problem) {
        table.put(Item.at(Key.tags(run.id(), run.attempt()))
                .with("tagState", RunTags.stateFor(run))
                .with("at", clock.instant())
                .with("objects", objects)
                .with("tagged", tagged)
                .with("problem", problem)
                .expiring(clock.instant().plus(settings.keep())));
    }
}
