package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;
import static sluice.ingest.IngestFixture.LANDING;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.batch.Feed;
import sluice.core.batch.InputObject;
import sluice.core.batch.InvalidDefinition;
import sluice.core.batch.S3Location;
import sluice.core.contract.Finding;
import sluice.core.definition.Definitions;
import sluice.ingest.DefinitionText;
import sluice.ingest.IngestFixture;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry;
import sluice.ingest.ledger.ObjectRecord;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.platform.objects.StoredObject;
import sluice.simulation.TableCall;
import sluice.simulation.TableObserver;

class IntakeTest {

    private static final String MARKER = "{on: marker, name: _SUCCESS}";

    private final IngestFixture fixture = new IngestFixture();
    private final Intake intake = fixture.bean(Intake.class);
    private final Ledger ledger = fixture.bean(Ledger.class);
    private final ChunkStore chunks = fixture.bean(ChunkStore.class);

    @Test
    void aTriggerWithoutSettleTimePlansAtOnce() {
        // Given
        fixture.define(settling("PT0S"));
        InputObject object = fixture.upload("a.json", 3);

        // When
        boolean definition = intake.arrived(fixture.notification(object));

        // Then
        assertThat(definition).isFalse();
        assertThat(fixture.run().state()).isInstanceOf(RunState.Planned.class);
        assertThat(entry(object).run()).isEqualTo(fixture.run().id());
    }

    @Test
    void objectsGatherUntilTheirChunkIsQuiet() {
        // Given
        fixture.define(settling("PT1M"));
        InputObject object = fixture.upload("a.json", 3);

        // When
        intake.arrived(fixture.notification(object));

        // Then
        assertThat(fixture.runs()).isEmpty();
        assertThat(entry(object))
                .isEqualTo(new LedgerEntry("Gathering", null, fixture.clock.instant(), null, null, null));
        assertThat(fixture.due()).isEmpty();
        fixture.clock.advance(Duration.ofMinutes(1));
        assertThat(fixture.due()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"599, 0", "601, 1"})
    void aChunkThatIsNeverQuietIsPlannedAfterTenSettleTimes(int seconds, int runs) {
        // Given
        fixture.define(settling("PT1M"));
        intake.arrived(fixture.notification(fixture.upload("a.json", 3)));
        fixture.clock.advance(Duration.ofSeconds(seconds));

        // When
        intake.arrived(fixture.notification(fixture.upload("b.json", 3)));

        // Then
        assertThat(fixture.runs()).hasSize(runs);
    }

    @Test
    void oneArrivalPlansAChunkThatIsNeverQuietAndTheOthersGoOn() {
        // Given
        fixture.define(settling("PT1M"));
        intake.arrived(fixture.notification(fixture.upload("a.json", 3)));
        fixture.clock.advance(Duration.ofSeconds(601));
        fixture.columns.meanwhile(() -> {
            if (fixture.columns.looks() <= 3) {
                intake.arrived(fixture.notification(fixture.upload(fixture.columns.looks() + ".json", 3)));
            }
        });

        // When
        intake.arrived(fixture.notification(fixture.upload("b.json", 3)));

        // Then
        assertThat(fixture.columns.looks()).isEqualTo(1);
        assertThat(fixture.bean(RunStore.class).plan(fixture.run()).objects()).hasSize(2);
        fixture.clock.advance(Duration.ofMinutes(1));
        assertThat(fixture.due()).as("the rest waits").hasSize(1);
    }

    @Test
    void anotherArrivalPlansAfterAWhileIfTheFirstFails() {
        // Given
        fixture.define(settling("PT1M"));
        intake.arrived(fixture.notification(fixture.upload("a.json", 3)));
        fixture.clock.advance(Duration.ofSeconds(601));
        fixture.columns.meanwhile(() -> {
            if (fixture.columns.looks() == 1) {
                throw new IllegalStateException("out of time");
            }
        });
        S3Notification arrival = fixture.notification(fixture.upload("b.json", 3));
        assertThatThrownBy(() -> intake.arrived(arrival)).hasMessage("out of time");

        // When
        intake.arrived(fixture.notification(fixture.upload("c.json", 3)));

        // Then
        assertThat(fixture.runs()).isEmpty();

        // When
        fixture.clock.advance(Duration.ofMinutes(3));
        intake.arrived(fixture.notification(fixture.upload("d.json", 3)));

        // Then
        assertThat(fixture.bean(RunStore.class).plan(fixture.run()).objects()).hasSize(4);
    }

    @Test
    void aSettledChunkIsPlanned() {
        // Given
        fixture.define(settling("PT1M"));
        intake.arrived(fixture.notification(fixture.upload("a.json", 3)));

        // When
        intake.settled(new SettledEvents.Settled("main", "wiki", DAY.start(), DAY.end()));

        // Then
        assertThat(fixture.run().chunks()).containsExactly(DAY);
    }

    @Test
    void anObjectGoesToAllClustersOfItsDefinition() {
        // Given
        fixture.define(settling("PT1M").cluster("main, other"));
        InputObject object = fixture.upload("a.json", 3);

        // When
        intake.arrived(fixture.notification(object));

        // Then
        assertThat(entry(object).state()).isEqualTo("Gathering");
        assertThat(ledger.find(object.version(), new Feed("other", "wiki"))).isPresent();
    }

    /** Whoever gives the chunk up cannot see the object yet. */
    @Test
    void anObjectThatIsNotedAfterItsChunkWasGivenUpHasAnOutcome() {
        // Given
        fixture.define(settling("PT1M").cluster("gone"));
        ChunkId chunk = new ChunkId(new Feed("gone", "wiki"), DAY);
        intake.arrived(fixture.notification(fixture.upload("a.json", 3)));
        fixture.clock.advance(Duration.ofHours(25));
        InputObject late = fixture.upload("b.json", 3);
        boolean[] isGivenUp = {false};
        fixture.table.observer(new TableObserver() {
            @Override
            public void before(TableCall call) {
                boolean isNoted = call.kind().isWrite()
                        && call.keys().stream().anyMatch(key -> key.pk().startsWith("arrivals#"));
                if (isNoted && !isGivenUp[0]) {
                    isGivenUp[0] = true;
                    fixture.bean(Planner.class).plan(chunk);
                }
            }
        });

        // When
        intake.arrived(fixture.notification(late));

        // Then
        assertThat(isGivenUp[0]).isTrue();
        LedgerEntry entry = ledger.find(late.version(), chunk.feed()).orElseThrow();
        assertThat(entry.state()).isEqualTo("GivenUp");
        assertThat(entry.error()).isEqualTo("the object came when its time chunk was given up");
    }

    @Test
    void anObjectThatNoDefinitionMatchesHasAnOutcome() {
        // Given
        InputObject object = fixture.upload("a.json", 3);

        // When
        intake.arrived(fixture.notification(object));

        // Then
        assertThat(outcome(object))
                .isEqualTo(new LedgerEntry(
                        "Unmatched", null, null, null, "no definition is fed from this bucket and prefix", null));
    }

    /** A permission that somebody corrects, for instance: the object's message comes again, at last from the dead-letter queue. */
    @Test
    void anObjectThatMayBelongToAWithheldDefinitionHasNoOutcomeYet() {
        // Given
        Finding finding = Finding.error("SLU-0001", "", "S3 does not give it out", null, null);
        fixture.definitions.setInvalid(InvalidDefinition.withheld("wiki.yaml", List.of(finding)));
        InputObject object = fixture.upload("a.json", 3);

        // When
        assertThatThrownBy(() -> intake.arrived(fixture.notification(object)))
                // Then
                .isInstanceOf(WithheldDefinitionException.class)
                .hasMessage(
                        "s3://sluice-landing/wiki/dt=2026-01-01/a.json may belong to a definition that cannot be read now:"
                                + " wiki.yaml: SLU-0001 : S3 does not give it out");
        assertThat(ledger.history(object.location())).isEmpty();
    }

    @Test
    void anObjectThatMayBelongToAnUnreadableDefinitionSaysWhich() {
        // Given
        fixture.definitions.setInvalid(InvalidDefinition.of(
                "wiki.yaml", ": no yaml", List.of(Finding.error("SLU-0002", "", "no YAML", null, null))));
        InputObject object = fixture.upload("a.json", 3);

        // When
        intake.arrived(fixture.notification(object));

        // Then
        assertThat(outcome(object).error())
                .isEqualTo("no definition is fed from this bucket and prefix, unless it is one that cannot be read:"
                        + " wiki.yaml");
    }

    @Test
    void anObjectWhoseDefinitionCannotBeReadSaysWhy() {
        // Given
        fixture.definitions.setInvalid(new InvalidDefinition(
                "wiki.yaml", List.of(Finding.error("SLU-1", "/batch", "no mode", null, null)), "wiki/", false));
        InputObject object = fixture.upload("a.json", 3);

        // When
        intake.arrived(fixture.notification(object));

        // Then
        assertThat(outcome(object))
                .isEqualTo(new LedgerEntry(
                        "DefinitionInvalid", null, null, null, "wiki.yaml: SLU-1 /batch: no mode", null));
    }

    @Test
    void aDefinitionThatIsNewerThanTheLastLookCounts() {
        // Given
        fixture.definitions.setUnseen(Definitions.of(settling("PT1M").toString()));
        InputObject object = fixture.upload("a.json", 3);

        // When
        intake.arrived(fixture.notification(object));

        // Then
        assertThat(entry(object).state()).isEqualTo("Gathering");
    }

    @Test
    void aDefinitionFileIsReportedAndNoObjectOfTheLedger() {
        // Given
        InputObject file = new InputObject("definitions", "wiki.yaml", "etag", 9, fixture.clock.instant());

        // When
        boolean definition = intake.arrived(fixture.notification(file));

        // Then
        assertThat(definition).isTrue();
        assertThat(ledger.history(file.location())).isEmpty();
    }

    @Test
    void aKeyWithoutATimeHasAnOutcome() {
        // Given
        fixture.define(settling("PT1M"));
        StoredObject stored = fixture.objects.put(new S3Location(LANDING, "wiki/undated/a.json"), new byte[1]);
        InputObject object =
                new InputObject(LANDING, stored.key(), stored.etag(), stored.size(), stored.lastModified());

        // When
        intake.arrived(fixture.notification(object));

        // Then
        assertThat(entry(object).state()).isEqualTo("NoTimeChunk");
        assertThat(entry(object).error())
                .isEqualTo("the key has no time of the form 'dt='yyyy-MM-dd after the prefix wiki/");
    }

    @Test
    void anEmptyObjectDoesNotMakeItsChunkWait() {
        // Given
        fixture.define(settling("PT1M"));
        InputObject object = fixture.uploadEmpty(DAY, "a.json");

        // When
        intake.arrived(fixture.notification(object));

        // Then
        assertThat(entry(object).state()).isEqualTo("Empty");
        assertThat(chunks.find(new ChunkId(FEED, DAY))).isEmpty();
    }

    @Test
    void objectsWaitForTheMarker() {
        // Given
        fixture.define(IngestFixture.definition("replace").batch("trigger", MARKER));
        InputObject object = fixture.upload("a.json", 3);

        // When
        intake.arrived(fixture.notification(object));

        // Then
        assertThat(entry(object).state()).isEqualTo("Gathering");
        assertThat(entry(object).error()).isEqualTo("waits for marker _SUCCESS");
        assertThat(chunks.find(new ChunkId(FEED, DAY))).isEmpty();
    }

    @Test
    void aMarkerPlansItsChunkAlthoughItIsEmpty() {
        // Given
        fixture.define(IngestFixture.definition("replace").batch("trigger", MARKER));
        InputObject object = fixture.upload("a.json", 3);
        InputObject marker = fixture.uploadEmpty(DAY, "_SUCCESS");

        // When
        intake.arrived(fixture.notification(object, marker));

        // Then
        assertThat(entry(object).run()).isEqualTo(fixture.run().id());
    }

    private static DefinitionText settling(String settle) {
        return IngestFixture.definition("replace").batch("trigger", "{on: object, settle: " + settle + "}");
    }

    private LedgerEntry entry(InputObject object) {
        return ledger.find(object.version(), FEED).orElseThrow();
    }

    /** What the ledger says of an object that concerns no datasource. */
    private LedgerEntry outcome(InputObject object) {
        assertThat(ledger.history(object.location()))
                .singleElement()
                .satisfies(record -> assertThat(record.datasource()).isNull());
        ObjectRecord record = ledger.history(object.location()).get(0);
        return record.entry();
    }
}
