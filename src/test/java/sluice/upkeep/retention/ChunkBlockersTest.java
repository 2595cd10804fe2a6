package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.upkeep.retention.Snapshots.day;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.upkeep.retention.Refusal.Code;

class ChunkBlockersTest {

    @Test
    void aLeaseBlocksBeforeALockDoes() {
        // Given
        DatasourceSnapshot snapshot =
                new Snapshots().leased(day(3)).locked(day(3)).locked(day(4)).take();

        // Then
        assertThat(ChunkBlockers.of(day(3), snapshot)).contains(Code.LEASED);
        assertThat(ChunkBlockers.of(day(4), snapshot)).contains(Code.LOCKED);
        assertThat(ChunkBlockers.of(day(5), snapshot)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNBOUNDED", "LEASED", "LOCKED", "HELD", "UNDECIDED", "STILL_SERVED"})
    void reasonsAboutAChunkHaveAMessage(Code code) {
        assertThat(ChunkBlockers.message(code, new Snapshots().take())).contains("time chunk");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"UNBOUNDED", "LEASED", "LOCKED", "HELD", "UNDECIDED", "STILL_SERVED"})
    void otherReasonsHaveNone(Code code) {
        assertThatThrownBy(() -> ChunkBlockers.message(code, new Snapshots().take()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(code.name());
    }
}
