package sluice.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizeTextTest {

    @Test
    void sizesAreInPowersOfTen() {
        assertThat(SizeText.bytes(999)).isEqualTo("999 bytes");
        assertThat(SizeText.bytes(1_500)).isEqualTo("1.5 kB");
        assertThat(SizeText.bytes(2.5e15)).isEqualTo("2500.0 TB");
    }
}
