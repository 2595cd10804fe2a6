package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import sluice.core.batch.InputObject;
import sluice.ingest.IngestFixture;
import sluice.ingest.intake.LoadRequests.Placed;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.simulation.TableCall;

/** A request with an idempotency key, and what it gives when it comes again. */
class IdempotencyKeysTest {

    private static final Predicate<TableCall> TRANSACTION = call -> call.kind() == TableCall.Kind.TRANSACT;
    private final IngestFixture fixture = new IngestFixture();
    private final LoadRequests requests = fixture.bean(LoadRequests.class);
    private final RunStore runs = fixture.bean(RunStore.class);

    @Test
    void aKeyThatIsKnownGivesItsRuns() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        LoadRequest request = request(List.of(fixture.upload("a.json", 3)), "key");
        requests.place(request);
        fixture.available(fixture.run());

        // When
        Placed placed = requests.place(request);

        // Then
        assertThat(placed.isNew()).isFalse();
        assertThat(placed.runs()).containsExactly(fixture.run());
    }

    @Test
    void aKeyFromBeforeKeysHadAScopeGivesItsRuns() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        LoadRequest request = request(List.of(fixture.upload("a.json", 3)), "key");
        requests.place(request(List.of(fixture.upload("b.json", 3)), null));
        fixture.table.put(Item.at(Key.idempotency("key"))
                .with("intent", "intent")
                .with("runs", List.of(fixture.run().id())));

        // When
        Placed placed = requests.place(request);

        // Then
        assertThat(placed.isNew()).isFalse();
        assertThat(placed.runs()).containsExactly(fixture.run());
    }

    @Test
    void aKeyFromBeforeThatSomebodyElseUsedForSomethingElseIsFree() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        LoadRequest request = request(List.of(fixture.upload("a.json", 3)), "key");
        fixture.table.put(
                Item.at(Key.idempotency("key")).with("intent", "other intent").with("runs", List.of("another")));

        // When
        Placed placed = requests.place(request);

        // Then
        assertThat(placed.isNew()).isTrue();
    }

    @Test
    void aKeyOfAnotherRequestIsTaken() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject object = fixture.upload("a.json", 3);
        requests.place(request(List.of(object), "key"));
        LoadRequest other = new LoadRequest(
                "wiki", List.of(), List.of(object.location()), null, "key", "other intent", "ann", null);

        // When
        Throwable failure = catchThrowable(() -> requests.place(other));

        // Then
        assertCode(failure, LoadRequestException.Code.KEY_TAKEN, "'key' belongs to another request");
    }

    @Test
    void aNewKeyLoadsTheSameObjectsAgain() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject object = fixture.upload("a.json", 3);
        requests.place(request(List.of(object), "key"));

        // When
        Placed placed = requests.place(request(List.of(object), "another key"));

        // Then
        assertThat(placed.isNew()).isTrue();
        assertThat(fixture.runs()).hasSize(2);
    }

    @Test
    void twoCallsWithOneKeyAtTheSameMomentMakeTheSameRuns() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        LoadRequest request = request(List.of(fixture.upload("a.json", 3)), "key");
        fixture.columns.meanwhile(() -> {
            if (fixture.columns.looks() == 1) {
                requests.place(request);
            }
        });

        // When
        Placed placed = requests.place(request);

        // Then
        assertThat(placed.isNew()).isFalse();
        assertThat(placed.runs()).containsExactly(fixture.run());
    }

    @Test
    void aCallThatFailsBetweenTwoClustersIsCompletedByTheNextOne() {
        // Given
        fixture.define(IngestFixture.definition("append").cluster("main, other"));
        LoadRequest request = request(List.of(fixture.upload("a.json", 3)), "key");
        fixture.failures.timeOutAfter(TRANSACTION);
        catchThrowable(() -> requests.place(request));
        List<Run> before = fixture.runs();

        // When
        Placed placed = requests.place(request);

        // Then
        assertThat(before).extracting(Run::cluster).containsExactly("main");
        assertThat(placed.runs()).extracting(Run::cluster).containsExactly("main", "other");
        assertThat(fixture.runs()).hasSize(2);
    }

    @Test
    void aKeyOfAnEarlierVersionGivesItsRuns() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        LoadRequest request = request(List.of(fixture.upload("a.json", 3)), "key");
        Run run = requests.place(request).runs().get(0);
        fixture.table.put(
                Item.at(Key.idempotency("key")).with("intent", "intent").with("runs", List.of(run.id())));

        // When
        Placed placed = requests.place(request);

        // Then
        assertThat(placed.isNew()).isFalse();
        assertThat(placed.runs()).containsExactly(fixture.run());
    }

    private static LoadRequest request(List<InputObject> objects, String key) {
        return new LoadRequest(
                "wiki",
                List.of(),
                objects.stream().map(InputObject::location).toList(),
                null,
                key,
                "intent",
                "ann",
                "late data");
    }

    private static void assertCode(Throwable failure, LoadRequestException.Code code, String message) {
        assertThat(failure)
                .isInstanceOfSatisfying(LoadRequestException.class, exception -> assertThat(exception.code())
                        .isEqualTo(code))
                .hasMessageContaining(message);
    }
}
