package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.core.batch.InputObject;
import sluice.core.batch.S3Location;
import sluice.ingest.DefinitionText;
import sluice.ingest.IngestFixture;
import sluice.ingest.follow.Follow;
import sluice.ingest.intake.LoadRequests.Placed;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.state.Key;
import sluice.simulation.TableCall;

/** An append loads each version of an object once, whoever asks for it: arriving files, a person, or both at the same moment. */
class LoadedOnceTest {

    private static final Predicate<TableCall> TRANSACTION = call -> call.kind() == TableCall.Kind.TRANSACT;
    private static final String MARKER = "{on: marker, name: _SUCCESS}";

    private final IngestFixture fixture = new IngestFixture();
    private final Intake intake = fixture.bean(Intake.class);
    private final Planner planner = fixture.bean(Planner.class);
    private final LoadRequests requests = fixture.bean(LoadRequests.class);
    private final RunStore runs = fixture.bean(RunStore.class);
    private final Ledger ledger = fixture.bean(Ledger.class);
    private final ChunkId chunk = new ChunkId(FEED, DAY);

    @BeforeEach
    void anAppend() {
        fixture.define(settling("PT1M"));
    }

    @Test
    void anOrderLeavesOutWhatAnotherRunHasLoaded() {
        // Given
        InputObject first = arrive("a.json");
        arrive("b.json");
        planner.plan(chunk);
        Run run = fixture.available(fixture.run());

        // When
        Placed placed = requests.place(order(first));

        // Then
        assertThat(placed.isNew()).isFalse();
        assertThat(placed.runs()).containsExactly(run);
        assertThat(fixture.runs()).containsExactly(run);
    }

    @Test
    void anOrderLoadsOnlyWhatNoRunHas() {
        // Given
        InputObject first = arrive("a.json");
        planner.plan(chunk);
        InputObject second = fixture.upload("b.json", 3);

        // When
        Placed placed = requests.place(order(first, second));

        // Then
        assertThat(placed.isNew()).isTrue();
        assertThat(loads()).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void anOrderUnderAKeyLoadsAgainWhatItNames() {
        // Given
        InputObject first = arrive("a.json");
        planner.plan(chunk);
        fixture.available(fixture.run());

        // When
        requests.place(order("again", first));

        // Then
        assertThat(loads()).containsExactly(first, first);
    }

    /** What a rollback asks for. Somebody has uploaded one of the bad run's files again since, and another run has it. */
    @Test
    void anOrderInPlaceOfARunLeavesOutWhatOtherRunsHave() {
        // Given
        InputObject kept = arrive("a.json");
        arrive("b.json");
        planner.plan(chunk);
        Run bad = fixture.available(fixture.run());
        InputObject overwritten = fixture.upload("b.json", 4);
        intake.arrived(fixture.notification(overwritten));
        pass();
        planner.plan(chunk);

        // When
        requests.place(order("rollback", kept, overwritten).inPlaceOf(bad.id()));

        // Then
        assertThat(loads().stream().filter(overwritten::equals)).hasSize(1);
        assertThat(loads().stream().filter(kept::equals)).hasSize(2);
    }

    @Test
    void anOrderTriesAgainWhatHasFailed() {
        // Given
        InputObject first = arrive("a.json");
        planner.plan(chunk);
        fixture.failed(fixture.run(), Problem.Code.TASK_FAILED);

        // When
        Placed placed = requests.place(order(first));

        // Then
        assertThat(placed.isNew()).isTrue();
        assertThat(fixture.run().attempt()).isEqualTo(2);
    }

    @Test
    void anOrderOfWhatIsLoadedByARunThatIsForgottenSaysSo() {
        // Given
        InputObject first = arrive("a.json");
        planner.plan(chunk);
        end(fixture.run());
        forget(fixture.run());

        // When
        Throwable failure = catchThrowable(() -> requests.place(order(first)));

        // Then
        assertThat(failure)
                .isInstanceOf(LoadRequestException.class)
                .hasMessageContaining("nothing to load that has not been loaded");
    }

    @Test
    void whileAnOrderIsPlannedFilesThatSettleAreNotTakenTwice() {
        // Given
        InputObject first = arrive("a.json");
        InputObject second = arrive("b.json");
        fixture.columns.meanwhile(() -> {
            if (fixture.columns.looks() == 1) {
                planner.plan(chunk);
            }
        });

        // When
        requests.place(order(first));

        // Then
        assertThat(loads()).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void whileFilesThatSettleArePlannedAnOrderDoesNotTakeThemToo() {
        // Given
        InputObject first = arrive("a.json");
        InputObject second = arrive("b.json");
        fixture.columns.meanwhile(() -> {
            if (fixture.columns.looks() == 1) {
                requests.place(order(first));
            }
        });

        // When
        planner.plan(chunk);

        // Then
        assertThat(loads()).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void whatAnOrderHasTakenIsKnownAlthoughItsProcessDied() {
        // Given
        InputObject first = arrive("a.json");
        fixture.failures.timeOutAfter(TRANSACTION);
        catchThrowable(() -> requests.place(order(first)));

        // When
        planner.plan(chunk);

        // Then
        assertThat(loads()).containsExactly(first);
        assertThat(entry(first).run()).isEqualTo(fixture.run().id());
    }

    @Test
    void whatAPlannerHasTakenIsKnownToAnOrderAlthoughThePlannerDied() {
        // Given
        InputObject first = arrive("a.json");
        InputObject second = arrive("b.json");
        fixture.failures.timeOutAfter(TRANSACTION);
        catchThrowable(() -> planner.plan(chunk));

        // When
        requests.place(order(second));

        // Then
        assertThat(loads()).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void aRepeatedEventOfALoadedFileUnderAMarkerChangesNothing() {
        // Given
        fixture.define(settling("PT1M").batch("trigger", MARKER));
        InputObject object = fixture.upload("a.json", 3);
        InputObject marker = fixture.uploadEmpty(DAY, "_SUCCESS");
        intake.arrived(fixture.notification(object, marker));
        LedgerEntry before = entry(object);

        // When
        intake.arrived(fixture.notification(object));

        // Then
        assertThat(before.run()).isEqualTo(fixture.run().id());
        assertThat(entry(object)).isEqualTo(before);
    }

    @Test
    void aMarkerIsNotTakenForAFileThatIsGone() {
        // Given
        fixture.define(settling("PT1M").batch("trigger", MARKER));
        InputObject marker = fixture.uploadEmpty(DAY, "_SUCCESS");

        // When
        intake.arrived(fixture.notification(fixture.upload("a.json", 3), marker));

        // Then
        assertThat(entry(marker).state()).isEqualTo("Marker");
    }

    @Test
    void aFileThatIsDeletedAfterItWasLoadedKeepsItsRun() {
        // Given
        InputObject object = arrive("a.json");
        planner.plan(chunk);
        intake.arrived(fixture.notification(object));
        fixture.delete(object);

        // When
        planner.plan(chunk);

        // Then
        assertThat(entry(object).run()).isEqualTo(fixture.run().id());
    }

    @Test
    void aLateFileLoadsItselfOnlyAlthoughTheEarlierRunsAreForgotten() {
        // Given
        arrive("a.json");
        planner.plan(chunk);
        end(fixture.run());
        forget(fixture.run());
        InputObject late = arrive("late.json");

        // When
        planner.plan(chunk);

        // Then
        assertThat(loads()).containsExactly(late);
    }

    @Test
    void aBadFileDoesNotKeepLaterOnesFromLoading() {
        // Given
        InputObject bad = arrive("bad.json");
        planner.plan(chunk);
        fail(fixture.run());
        pass();
        InputObject good = arrive("good.json");

        // When
        planner.plan(chunk);

        // Then
        assertThat(loads()).containsExactlyInAnyOrder(bad, good);
    }

    @Test
    void theOthersOfARunAreLoadedWithoutTheFilesThatItFailedFor() {
        // Given
        InputObject bad = arrive("bad.json");
        InputObject good = arrive("good.json");
        planner.plan(chunk);
        Run run = fixture.run();
        fail(run, "cannot parse (Path: s3://" + bad.bucket() + "/" + bad.key() + ", Record: 1)");

        // When
        fixture.bean(Follow.class).ended(run.id());
        planner.plan(chunk);

        // Then
        assertThat(loads()).containsExactlyInAnyOrder(bad, good, good);
        assertThat(entry(good).run()).isNotEqualTo(run.id());
        assertThat(entry(bad).run()).isEqualTo(run.id());
    }

    @Test
    void aRunThatNamesNoBadFileIsNotRepeatedByItself() {
        // Given
        arrive("a.json");
        arrive("b.json");
        planner.plan(chunk);
        fail(fixture.run());

        // When
        fixture.bean(Follow.class).ended(fixture.run().id());
        planner.plan(chunk);

        // Then
        assertThat(fixture.run().attempt()).isEqualTo(1);
    }

    private InputObject arrive(String name) {
        InputObject object = fixture.upload(name, 3);
        intake.arrived(fixture.notification(object));
        return object;
    }

    private void end(Run run) {
        Run ended = fixture.available(run);
        ledger.ended(ended, ended.state(), runs.plan(ended).objects(), 3L, List.of());
    }

    private void fail(Run run, String... errors) {
        Run ended = fixture.failed(run, Problem.Code.TASK_FAILED);
        ledger.ended(ended, ended.state(), runs.plan(ended).objects(), null, List.of(errors));
    }

    private void forget(Run run) {
        fixture.table.remove(Key.run(run.id()));
        fixture.table.remove(Key.plan(run.id(), run.plan()));
    }

    private void pass() {
        fixture.clock.advance(Duration.ofMinutes(2));
    }

    /** What all runs load, each object as often as it is loaded. */
    private List<InputObject> loads() {
        List<InputObject> all = new ArrayList<>();
        fixture.runs().forEach(run -> all.addAll(runs.plan(run).objects()));
        return all;
    }

    private LedgerEntry entry(InputObject object) {
        return ledger.find(object.version(), FEED).orElseThrow();
    }

    private static LoadRequest order(InputObject... objects) {
        return order(null, objects);
    }

    private static LoadRequest order(String key, InputObject... objects) {
        List<S3Location> locations =
                List.of(objects).stream().map(InputObject::location).toList();
        return new LoadRequest("wiki", List.of(), locations, null, key, "intent", "ann", null);
    }

    private static DefinitionText settling(String settle) {
        return IngestFixture.definition("append").batch("trigger", "{on: object, settle: " + settle + "}");
    }
}
