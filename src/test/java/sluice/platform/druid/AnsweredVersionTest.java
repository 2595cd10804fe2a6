package sluice.platform.druid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AnsweredVersionTest {
    private final AnsweredVersion answered =
            new AnsweredVersion(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void theClusterIsAskedOnce() {
        // When
        List<String> contracts = List.of(answered.contract(this::answer), answered.contract(this::answer));

        // Then
        assertThat(contracts).containsOnly("36");
        assertThat(asked).hasValue(1);
    }

    private String answer() {
        asked.incrementAndGet();
        return "36.0.1";
    }
}
