package sluice.ingest.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.run.RunExamples.MAPPER;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.core.batch.InputObject;
import sluice.entry.function.FollowFunction;
import sluice.ingest.IngestFixture;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.ingest.tracking.RunTakeBack;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventType;
import sluice.simulation.Calls;
import sluice.simulation.ObjectCall;

/** A run with more objects than one invocation of {@code follow} has time to tag. */
class ManyObjectsTaggedTest {

    private static final int OBJECTS = 2 * LoadedObjects.AT_ONCE + 100;

    private final IngestFixture fixture = new IngestFixture();
    private final AtomicInteger calls = new AtomicInteger();
    private Run run;

    @BeforeEach
    void loadTheRun() {
        fixture.uploadMany(DAY, OBJECTS - 1);
        run = fixture.available(fixture.planned("replace", "a.json", 1));
        fixture.bean(Ledger.class).ended(run, run.state(), objects(), 1L, List.of());
        fixture.objects.watch(new Calls<>() {
            @Override
            public void before(ObjectCall call) {
                calls.incrementAndGet();
            }
        });
    }

    @Test
    void oneInvocationTagsAPartAndAsksForTheNext() throws IOException {
        // When
        end();

        // Then
        assertThat(states())
                .isEqualTo(Map.of("available", (long) LoadedObjects.AT_ONCE, "", LoadedObjects.AT_ONCE + 100L));
        assertThat(requests()).hasSize(1);
        assertThat(remembered())
                .extracting(RunTags::objects, RunTags::tagged)
                .containsExactly(OBJECTS, LoadedObjects.AT_ONCE);
        String schema = Files.readString(Path.of("infra/events/schemas/sluice.tags.requested.json"));
        var checker = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
        assertThat(checker.validate(requests().get(0).data())).isEmpty();
    }

    @Test
    void requestsTagAllObjectsOnceEach() {
        // Given
        end();

        // When
        List<CloudEvent> delivered = deliverAll();

        // Then
        assertThat(states()).isEqualTo(Map.of("available", (long) OBJECTS));
        assertThat(delivered).hasSize(2);
        assertThat(remembered()).extracting(RunTags::objects, RunTags::tagged).containsExactly(OBJECTS, OBJECTS);
    }

    @Test
    void aRequestThatComesOnceMoreAsksS3ForNothing() {
        // Given
        end();
        List<CloudEvent> delivered = deliverAll();
        calls.set(0);

        // When
        delivered.forEach(this::deliver);

        // Then
        assertThat(calls).hasValue(0);
        assertThat(requests()).hasSize(2);
    }

    @Test
    void anEventThatComesOnceMoreBeginsNoSecondTagging() {
        // Given
        end();
        calls.set(0);

        // When
        end();

        // Then
        assertThat(calls).hasValue(0);
        assertThat(requests()).hasSize(1);
    }

    @Test
    void aRequestIsNotLostWithTheBus() {
        // Given
        fixture.bus.refuse(event -> event.type().equals(EventType.TAGS_REQUESTED.wireName()));

        // When
        end();

        // Then
        assertThat(requests()).isEmpty();
        fixture.clock.advance(Duration.ofMinutes(1));
        assertThat(fixture.due()).anySatisfy(item -> assertThat(item.text("event"))
                .hasValueSatisfying(text -> assertThat(text).contains("sluice.tags.requested")));
    }

    @Test
    void aRunThatIsTakenBackMeanwhileIsTaggedSo() {
        // Given
        end();
        List<CloudEvent> late = requests();
        fixture.bean(RunTakeBack.class).rolledBack(run, "version 2 was rolled back");

        // When
        end();
        late.forEach(this::deliver);
        deliverAll();

        // Then
        assertThat(states())
                .isEqualTo(Map.of("rolled-back", (long) LoadedObjects.AT_ONCE, "", LoadedObjects.AT_ONCE + 100L));
        assertThat(remembered().state()).isEqualTo("rolled-back");
        assertThat(fixture.bean(RunTagStore.class).done(fixture.stored(run))).isZero();
    }

    private void end() {
        fixture.bean(LoadedObjects.class).ended(fixture.stored(run));
    }

    /** Delivers requests until none is left, in order; returns them. */
    private List<CloudEvent> deliverAll() {
        List<CloudEvent> delivered = new ArrayList<>();
        while (delivered.size() < requests().size()) {
            CloudEvent next = requests().get(delivered.size());
            deliver(next);
            delivered.add(next);
        }
        return delivered;
    }

    private void deliver(CloudEvent event) {
        SQSMessage message = new SQSMessage();
        message.setMessageId("message");
        try {
            message.setBody(MAPPER.writeValueAsString(event));
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException(exception);
        }
        fixture.bean(FollowFunction.class).follow(message);
    }

    private List<CloudEvent> requests() {
        return fixture.bus.taken().stream()
                .filter(event -> event.type().equals(EventType.TAGS_REQUESTED.wireName()))
                .toList();
    }

    private RunTags remembered() {
        return fixture.bean(RunTagStore.class).find(fixture.stored(run)).orElseThrow();
    }

    private List<InputObject> objects() {
        return fixture.bean(RunStore.class).plan(run).objects();
    }

    /** How many objects have which {@code sluice-state}; empty if they have none. */
    private Map<String, Long> states() {
        return objects().stream()
                .map(object -> fixture.objects.tags(object.location(), null).getOrDefault(ObjectTags.STATE, ""))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
