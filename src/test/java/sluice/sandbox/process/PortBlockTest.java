package sluice.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortBlockTest {

    @Test
    void blocksNeverOverlap() {
        // When
        List<PortBlock> blocks =
                IntStream.range(0, 20).mapToObj(number -> PortBlock.claim()).toList();

        // Then
        Set<Integer> ports = new HashSet<>();
        blocks.forEach(block -> IntStream.range(0, 19).forEach(index -> ports.add(block.port(index))));
        blocks.forEach(PortBlock::close);
        assertThat(ports).hasSize(20 * 19);
    }

    @Test
    void theClaimIsNotForUse() {
        try (PortBlock block = PortBlock.claim()) {
            assertThatIllegalArgumentException().isThrownBy(() -> block.port(19));
        }
    }
}
