package sluice.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.core.definition.Compaction.Engine;

class CompactionTest {

    private static final Optional<Instant> LATEST = Optional.of(Instant.parse("2026-01-10T00:00:00Z"));

    private final Compaction compaction = new Compaction(Engine.NATIVE, "P1D", false);

    @Test
    void aChunkThatEndsBeforeTheOffsetMayBeCompacted() {
        assertThat(compaction.isOld(Instant.parse("2026-01-09T00:00:00Z"), LATEST))
                .isTrue();
    }

    @Test
    void aChunkThatReachesIntoTheOffsetIsLeftAlone() {
        assertThat(compaction.isOld(Instant.parse("2026-01-09T00:00:01Z"), LATEST))
                .isFalse();
    }

    @Test
    void everyChunkIsOldWithoutAnOffsetOrWithoutData() {
        Compaction always = new Compaction(Engine.NATIVE, null, false);

        assertThat(always.isOld(LATEST.get(), LATEST)).isTrue();
        assertThat(compaction.isOld(LATEST.get(), Optional.empty())).isTrue();
    }
}
