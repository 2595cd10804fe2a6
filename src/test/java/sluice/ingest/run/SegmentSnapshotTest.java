package sluice.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SegmentSnapshotTest {

    @Test
    void newSegmentsAreInDoubtWhereOthersWrote() {
        SegmentSnapshot before = SegmentSnapshot.before(Set.of("a"), Map.of(), Instant.EPOCH, List.of());

        SegmentSnapshot after = before.after(before.fresh(Set.of("a", "b")), List.of("index_kafka_1"));

        assertThat(after.created()).containsExactly("b");
        assertThat(after.isOwn()).isFalse();
        assertThat(after.doubt()).contains("index_kafka_1");
        assertThat(after.own().isOwn()).isTrue();
        assertThat(after.own().created()).containsExactly("b");
    }

    @Test
    void whereNothingIsNewThereIsNothingToDoubt() {
        SegmentSnapshot before = SegmentSnapshot.before(Set.of("a"), Map.of(), Instant.EPOCH, List.of());

        SegmentSnapshot mark = before.after(before.fresh(Set.of("a")), List.of("index_kafka_1"));

        assertThat(mark.isOwn()).isTrue();
    }

    @Test
    void aMarkFromBeforeOthersWereNotedIsRead() throws JsonProcessingException {
        String stored = "{\"before\": [\"a\"], \"created\": [\"b\"], \"workers\": {}}";

        assertThat(new ObjectMapper().readValue(stored, SegmentSnapshot.class).isOwn())
                .isTrue();
    }

    @Test
    void serversThatAreGoneOrBeganAnewWereRestarted() {
        // Given
        SegmentSnapshot snapshot =
                SegmentSnapshot.before(Set.of(), Map.of("a", "1", "b", "1", "c", "1"), Instant.EPOCH, List.of());

        // When
        List<String> restarted = snapshot.restarted(Map.of("a", "1", "b", "2", "d", "1"));

        // Then
        assertThat(restarted).containsExactly("b", "c");
    }
}
