package sluice.upkeep.compaction;

import static sluice.upkeep.UpkeepFixture.day;

import java.util.List;
import java.util.Set;
import sluice.core.definition.Definition;
import sluice.govern.registry.DefinitionCatalog;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.simulation.druid.InMemoryDruid;
import sluice.upkeep.UpkeepFixture;

/** The datasource {@code wiki} on two clusters, which is compacted after ingestion, and its day {@link #DAY}. */
final class Compacting {

    static final int DAY = 3;
    static final String AFTER_INGESTION = "compaction: {engine: none, afterIngestion: true}";

    private final UpkeepFixture fixture = new UpkeepFixture();

    Compacting() {
        fixture.define("wiki", List.of("main", "second"), AFTER_INGESTION);
    }

    UpkeepFixture fixture() {
        return fixture;
    }

    Definition definition() {
        return fixture.bean(DefinitionCatalog.class).fresh().find("wiki").orElseThrow();
    }

    /** Gives the day two small segments. */
    Compacting twoSegments(InMemoryDruid druid) {
        fixture.append(druid, "wiki", DAY, 4).append(druid, "wiki", DAY, 6);
        return this;
    }

    /** Lets Druid do the task of a planned run. */
    void execute(InMemoryDruid druid, Run run) {
        druid.tasks()
                .submit(
                        run.taskId(),
                        fixture.bean(RunStore.class).plan(run).spec().toString());
        druid.settle();
    }

    static Set<String> used(InMemoryDruid druid) {
        return druid.segmentUsage().used("wiki", List.of(day(DAY).interval()));
    }
}
