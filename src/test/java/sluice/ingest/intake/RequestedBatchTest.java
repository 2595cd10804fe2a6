package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;
import static sluice.ingest.IngestFixture.LANDING;
import static sluice.ingest.IngestFixture.NEXT_DAY;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.batch.Batch;
import sluice.core.batch.InputObject;
import sluice.core.batch.RunKind;
import sluice.core.batch.S3Location;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Definition;
import sluice.ingest.IngestFixture;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;

class RequestedBatchTest {

    private final IngestFixture fixture = new IngestFixture();
    private final RequestedBatch batches = fixture.bean(RequestedBatch.class);

    @Test
    void aReplaceTakesAllObjectsOfTheNamedObjectsChunk() {
        // Given
        Definition definition = fixture.define(IngestFixture.definition("replace"));
        InputObject named = fixture.upload("a.json", 3);
        InputObject beside = fixture.upload("b.json", 3);
        fixture.upload(NEXT_DAY, "c.json", 3);
        fixture.uploadEmpty(DAY, "empty.json");

        // When
        Batch batch = batches.of(definition, "main", List.of(named.location()));

        // Then
        assertThat(batch).isEqualTo(new Batch("wiki", List.of(DAY), List.of(named, beside)));
    }

    @Test
    void anAppendTakesThoseOfTheNamedObjectsThatNoRunHasClaimed() {
        // Given
        Definition definition = fixture.define(IngestFixture.definition("append"));
        InputObject claimed = fixture.upload("a.json", 3);
        InputObject free = fixture.upload("b.json", 3);
        fixture.upload("c.json", 3);
        claim(claimed);

        // When
        Optional<Batch> batch = batches.of(named(null, claimed, free), definition, FEED);

        // Then
        assertThat(batch.orElseThrow().objects()).containsExactly(free);
    }

    @Test
    void anAppendOfNamedObjectsThatAreAllClaimedHasNoBatch() {
        // Given
        Definition definition = fixture.define(IngestFixture.definition("append"));
        InputObject claimed = fixture.upload("a.json", 3);
        claim(claimed);

        // Then
        assertThat(batches.of(named(null, claimed), definition, FEED)).isEmpty();
        assertThat(batches.runsOf(named(null, claimed), definition, FEED))
                .extracting(Run::id)
                .containsExactly("run-1");
    }

    @Test
    void anAppendUnderAKeyTakesTheNamedObjectsEvenIfTheyAreLoaded() {
        // Given
        Definition definition = fixture.define(IngestFixture.definition("append"));
        InputObject claimed = fixture.upload("a.json", 3);
        claim(claimed);

        // Then
        assertThat(batches.of(named("key", claimed), definition, FEED)
                        .orElseThrow()
                        .objects())
                .containsExactly(claimed);
        assertThat(batches.of(definition, "main", List.of(claimed.location())).objects())
                .containsExactly(claimed);
    }

    @Test
    void aReplaceOfASpanTakesAllObjectsOfItsChunks() {
        // Given
        Definition definition = fixture.define(IngestFixture.definition("replace"));
        InputObject first = fixture.upload("a.json", 3);
        InputObject second = fixture.upload(NEXT_DAY, "b.json", 3);
        claim(first);

        // When
        Batch batch =
                batches.of(span(DAY.start(), NEXT_DAY.end()), definition, FEED).orElseThrow();

        // Then
        assertThat(batch).isEqualTo(new Batch("wiki", List.of(DAY, NEXT_DAY), List.of(first, second)));
    }

    @Test
    void anAppendOfASpanLeavesOutWhatARunHasClaimed() {
        // Given
        Definition definition = fixture.define(IngestFixture.definition("append"));
        claim(fixture.upload("a.json", 3));
        InputObject free = fixture.upload(NEXT_DAY, "b.json", 3);

        // When
        Batch batch =
                batches.of(span(DAY.start(), NEXT_DAY.end()), definition, FEED).orElseThrow();

        // Then
        assertThat(batch).isEqualTo(new Batch("wiki", List.of(NEXT_DAY), List.of(free)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "append"})
    void aSpanWithoutObjectsIsRefused(String mode) {
        // Given
        Definition definition = fixture.define(IngestFixture.definition(mode));

        // When
        Throwable failure = catchThrowable(() -> batches.of(span(DAY.start(), DAY.end()), definition, FEED));

        // Then
        assertThat(failure).isInstanceOf(LoadRequestException.class).hasMessage("there is nothing to load");
    }

    @Test
    void anObjectThatDoesNotExistIsRefused() {
        // Given
        Definition definition = fixture.define(IngestFixture.definition("replace"));
        fixture.upload("a.json", 3);

        // When
        Throwable failure = catchThrowable(() -> batches.of(definition, "main", List.of(location("b.json"))));

        // Then
        assertThat(failure).hasMessageContaining("b.json does not exist");
    }

    @Test
    void anObjectOfAnotherPrefixIsRefused() {
        // Given
        Definition definition = fixture.define(IngestFixture.definition("replace"));
        S3Location other = new S3Location(LANDING, "other/a.json");

        // When
        Throwable failure = catchThrowable(() -> batches.of(definition, "main", List.of(other)));

        // Then
        assertThat(failure)
                .hasMessageContaining(
                        "other/a.json is no input of the definition, which reads s3://" + LANDING + "/wiki/");
    }

    @Test
    void anObjectWithoutATimeIsRefused() {
        // Given
        Definition definition = fixture.define(IngestFixture.definition("replace"));
        S3Location undated = new S3Location(LANDING, "wiki/undated/a.json");

        // When
        Throwable failure = catchThrowable(() -> batches.of(definition, "main", List.of(undated)));

        // Then
        assertThat(failure).hasMessageContaining("has no time of the form 'dt='yyyy-MM-dd after the prefix");
    }

    @ParameterizedTest
    @CsvSource({"PT1H, PT0S", "PT0S, PT1H"})
    void aSpanOfPartsOfChunksIsRefused(Duration later, Duration longer) {
        // Given
        Definition definition = fixture.define(IngestFixture.definition("replace"));
        LoadRequest request = span(DAY.start().plus(later), DAY.end().plus(longer));

        // When
        Throwable failure = catchThrowable(() -> batches.of(request, definition, FEED));

        // Then
        assertThat(failure).hasMessageContaining("does not consist of whole time chunks of DAY");
    }

    @ParameterizedTest
    @CsvSource({"90, there is nothing to load", "91, a run writes at most 90 time chunks: split the request"})
    void aSpanOfMoreChunksThanARunMayLeaseIsRefused(int days, String message) {
        // Given
        Definition definition = fixture.define(IngestFixture.definition("replace"));
        LoadRequest request = span(DAY.start(), DAY.start().plus(Duration.ofDays(days)));

        // When
        Throwable failure = catchThrowable(() -> batches.of(request, definition, FEED));

        // Then
        assertThat(failure).isInstanceOf(LoadRequestException.class).hasMessage(message);
    }

    private static LoadRequest span(Instant start, Instant end) {
        return new LoadRequest("wiki", List.of(), List.of(), new TimeChunk(start, end), null, "", "ann", null);
    }

    private static LoadRequest named(String key, InputObject... objects) {
        return new LoadRequest(
                "wiki",
                List.of(),
                List.of(objects).stream().map(InputObject::location).toList(),
                null,
                key,
                "",
                "ann",
                null);
    }

    private static S3Location location(String name) {
        return new S3Location(LANDING, IngestFixture.key(DAY, name));
    }

    private void claim(InputObject object) {
        Run run = fixture.bean(RunStore.class)
                .save(Run.first(
                        "run-1",
                        FEED.cluster(),
                        FEED.datasource(),
                        RunKind.BATCH,
                        Mode.APPEND,
                        List.of(DAY),
                        "hash",
                        "spec",
                        Duration.ofHours(4),
                        fixture.clock.instant()));
        fixture.bean(Ledger.class).assign(run, List.of(object));
    }
}
