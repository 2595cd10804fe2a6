package sluice.entry.function;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstTickTest {

    @Test
    void isOverFromTheSecondTickOn() {
        // Given
        FirstTick firstTick = new FirstTick();

        // When
        boolean first = firstTick.isOver();
        boolean second = firstTick.isOver();
        boolean third = firstTick.isOver();

        // Then
        assertThat(first).isFalse();
        assertThat(second).isTrue();
        assertThat(third).isTrue();
    }
}
