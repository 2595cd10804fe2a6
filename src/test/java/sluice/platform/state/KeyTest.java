package sluice.platform.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import sluice.core.batch.Feed;
import sluice.core.batch.ObjectVersion;

/** Keys are what is stored: another form would not find what an earlier version has written. */
class KeyTest {

    private static final Feed FEED = new Feed("main", "wiki#1");
    private static final Instant CHUNK = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void leasesAndChunksLieByFeedAndTime() {
        assertThat(Key.lease(FEED, CHUNK)).isEqualTo(new Key("lease#main#wiki#1", "2026-01-01T00:00:00Z"));
        assertThat(Key.chunk(FEED, CHUNK)).isEqualTo(new Key("chunk#main#wiki#1", "2026-01-01T00:00:00Z"));
        assertThat(Key.history(FEED)).isEqualTo(new Key("history#main#wiki#1", "loads"));
    }

    @Test
    void versionsOfAnObjectLieTogether() {
        // Given
        ObjectVersion version = new ObjectVersion("landing", "wiki/a b.json", "etag");

        // Then
        assertThat(Key.object(version, FEED)).isEqualTo(new Key("object#landing/wiki/a b.json", "etag#main#wiki#1"));
        assertThat(Key.objectPartition(version.location()))
                .isEqualTo(Key.object(version, FEED).pk());
    }

    @Test
    void numbersInKeysAreInOrder() {
        assertThat(Key.definitionVersion("wiki", 12)).isEqualTo(new Key("definition#wiki", "v#000012"));
        assertThat(Key.activation("wiki", 3)).isEqualTo(new Key("definition#wiki", "activation#000003"));
    }
}
