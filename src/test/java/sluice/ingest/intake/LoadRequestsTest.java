package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import sluice.core.batch.InputObject;
import sluice.core.batch.S3Location;
import sluice.ingest.IngestFixture;
import sluice.ingest.intake.LoadRequests.Placed;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.run.Problem;
import sluice.ingest.run.RequestedBy;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.platform.druid.ObjectAccess;
import sluice.simulation.TableCall;

class LoadRequestsTest {

    private static final Predicate<TableCall> TRANSACTION = call -> call.kind() == TableCall.Kind.TRANSACT;
    private final IngestFixture fixture = new IngestFixture();
    private final LoadRequests requests = fixture.bean(LoadRequests.class);
    private final RunStore runs = fixture.bean(RunStore.class);
    private final Ledger ledger = fixture.bean(Ledger.class);

    @Test
    void aRequestMakesARunAndNotesWhoAskedForIt() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject object = fixture.upload("a.json", 3);

        // When
        Placed placed = requests.place(request(List.of(object), "key"));

        // Then
        Run run = fixture.run();
        assertThat(placed.isNew()).isTrue();
        assertThat(placed.runs()).extracting(Run::id).containsExactly(run.id());
        assertThat(run.state()).isInstanceOf(RunState.Planned.class);
        assertThat(runs.order(run)).contains(new RequestedBy("ann", "late data", "key", fixture.clock.instant()));
        assertThat(ledger.find(object.version(), FEED).orElseThrow().run()).isEqualTo(run.id());
        assertThat(fixture.events()).containsExactly("sluice.run.planned");
    }

    @Test
    void withoutAKeyARunThatLivesIsReturned() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        LoadRequest request = request(List.of(fixture.upload("a.json", 3)), null);
        requests.place(request);

        // When
        Placed placed = requests.place(request);

        // Then
        assertThat(placed.isNew()).isFalse();
        assertThat(placed.runs()).containsExactly(fixture.run());
        assertThat(fixture.run().attempt()).isEqualTo(1);
    }

    @Test
    void withoutAKeyARunThatMayHaveLoadedIsReturned() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        LoadRequest request = request(List.of(fixture.upload("a.json", 3)), null);
        requests.place(request);
        fixture.failed(fixture.run(), Problem.Code.EXPECTATION);

        // When
        Placed placed = requests.place(request);

        // Then
        assertThat(placed.isNew()).isFalse();
        assertThat(fixture.run().attempt()).isEqualTo(1);
    }

    @Test
    void withoutAKeyARunThatHasFailedGetsAnotherAttempt() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        LoadRequest request = request(List.of(fixture.upload("a.json", 3)), null);
        requests.place(request);
        fixture.failed(fixture.run(), Problem.Code.TASK_FAILED);

        // When
        Placed placed = requests.place(request);

        // Then
        assertThat(placed.isNew()).isTrue();
        assertThat(fixture.run().attempt()).isEqualTo(2);
        assertThat(runs.order(fixture.run())).isPresent();
    }

    @Test
    void aRequestMakesARunOnEachCluster() {
        // Given
        fixture.define(IngestFixture.definition("replace").cluster("main, other"));
        InputObject object = fixture.upload("a.json", 3);

        // When
        Placed placed = requests.place(request(List.of(object), "key"));

        // Then
        assertThat(placed.runs()).extracting(Run::cluster).containsExactly("main", "other");
        assertThat(fixture.runs()).hasSize(2);
    }

    @Test
    void aRequestMayNameItsClusters() {
        // Given
        fixture.define(IngestFixture.definition("replace").cluster("main, other"));

        // When
        Placed placed = requests.place(requestFor(List.of("main", "main"), fixture.upload("a.json", 3)));

        // Then
        assertThat(placed.runs()).extracting(Run::cluster).containsExactly("main");
    }

    @Test
    void aClusterThatTheDefinitionDoesNotNameIsRefused() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        LoadRequest request = requestFor(List.of("other"), fixture.upload("a.json", 3));

        // When
        Throwable failure = catchThrowable(() -> requests.place(request));

        // Then
        assertCode(failure, LoadRequestException.Code.IMPOSSIBLE, "the definition is for [main], not for other");
    }

    @Test
    void aClusterThatTheEnvironmentDoesNotHaveIsRefused() {
        // Given
        fixture.define(IngestFixture.definition("replace").cluster("main, other"));
        fixture.clusters.remove("other");
        LoadRequest request = request(List.of(fixture.upload("a.json", 3)), null);

        // When
        Throwable failure = catchThrowable(() -> requests.place(request));

        // Then
        assertCode(failure, LoadRequestException.Code.IMPOSSIBLE, "the environment has no cluster other, only [main]");
        assertThat(fixture.runs()).isEmpty();
    }

    @Test
    void aDatasourceWithoutDefinitionIsUnknown() {
        // Given
        LoadRequest request = request(List.of(fixture.upload("a.json", 3)), null);

        // When
        Throwable failure = catchThrowable(() -> requests.place(request));

        // Then
        assertCode(failure, LoadRequestException.Code.UNKNOWN_DATASOURCE, "no definition of datasource 'wiki'");
    }

    @Test
    void aDefinitionThatLoadsNoFilesIsRefused() {
        // Given
        fixture.define(IngestFixture.definition("replace")
                .withoutBatch()
                .part("stream", "[{type: kafka, topic: w, consumerProperties: {bootstrap.servers: \"kafka:9092\"}}]"));
        LoadRequest request = request(List.of(fixture.upload("a.json", 3)), null);

        // When
        Throwable failure = catchThrowable(() -> requests.place(request));

        // Then
        assertCode(failure, LoadRequestException.Code.IMPOSSIBLE, "has no batch part");
    }

    @Test
    void aRequestThatMeetsAnotherIsTriedAgain() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        LoadRequest request = request(List.of(fixture.upload("a.json", 3)), "key");
        fixture.failures.conflict(TRANSACTION);

        // When
        Placed placed = requests.place(request);

        // Then
        assertThat(placed.isNew()).isTrue();
        assertThat(fixture.runs()).hasSize(1);
    }

    @Test
    void aRequestThatMeetsOthersAgainAndAgainGivesUp() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        LoadRequest request = request(List.of(fixture.upload("a.json", 3)), "key");
        for (int time = 0; time < 4; time++) {
            fixture.failures.conflict(TRANSACTION);
        }

        // When
        Throwable failure = catchThrowable(() -> requests.place(request));

        // Then
        assertCode(failure, LoadRequestException.Code.CONTENDED, "repeat the call");
        assertThat(fixture.runs()).isEmpty();
    }

    @Test
    void aRequestThatIsTooLargeForATaskIsRefused() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        fixture.druid.objectAccess(ObjectAccess.PRESIGNED);
        InputObject object = fixture.upload("a.json", 3);
        fixture.uploadMany(DAY, 8_000);

        // When
        Placed placed = requests.place(request(List.of(object), null));

        // Then
        assertThat(placed.runs()).singleElement().satisfies(run -> assertThat(run.state())
                .isInstanceOf(RunState.Refused.class));
    }

    @Test
    void aRequestHasObjectsOrASpan() {
        // Given
        S3Location location = new S3Location("landing", "a");

        // Then
        assertThatThrownBy(() -> new LoadRequest("wiki", List.of(), List.of(), null, null, "", "ann", null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LoadRequest("wiki", List.of(), List.of(location), DAY, null, "", "ann", null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLateNotificationDoesNotLoadAgainWhatAnOrderHasLoaded() {
        // Given
        fixture.available(fixture.planned("replace", "a.json", 3));
        InputObject late = fixture.upload("b.json", 5);
        Run ordered = requests.place(new LoadRequest("wiki", List.of(), List.of(), DAY, null, "intent", "ann", null))
                .runs()
                .get(0);
        fixture.available(fixture.stored(ordered));
        fixture.clock.advance(Duration.ofMinutes(1));

        // When
        fixture.bean(Intake.class).arrived(fixture.notification(late));

        // Then
        assertThat(fixture.runs()).hasSize(2);
        assertThat(fixture.stored(ordered).attempt()).isEqualTo(1);
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

    private static LoadRequest requestFor(List<String> clusters, InputObject object) {
        return new LoadRequest("wiki", clusters, List.of(object.location()), null, null, "intent", "ann", null);
    }

    private static void assertCode(Throwable failure, LoadRequestException.Code code, String message) {
        assertThat(failure)
                .isInstanceOfSatisfying(LoadRequestException.class, exception -> assertThat(exception.code())
                        .isEqualTo(code))
                .hasMessageContaining(message);
    }
}
