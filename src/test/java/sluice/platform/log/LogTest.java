package sluice.platform.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logging.MDC;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogTest {

    private final Logger logger = Logger.getLogger(LogTest.class.getName());
    private final List<ExtLogRecord> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            ExtLogRecord copy = ExtLogRecord.wrap(line);
            copy.copyMdc();
            lines.add(copy);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(handler);
        MDC.clear();
    }

    @Test
    void aLineHasAConstantMessageAndItsKeyValues() {
        // When
        Log.of(LogTest.class).warn("Run is late", "runId", "abc", "minutes", 7, "reason", null);

        // Then
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.getMessage()).isEqualTo("Run is late");
            assertThat(line.getMdcCopy()).containsAllEntriesOf(Map.of("runId", "abc", "minutes", "7"));
            assertThat(line.getMdcCopy()).doesNotContainKey("reason");
        });
    }

    @Test
    void keyValuesOfALineDoNotOutliveIt() {
        // Given
        MDC.put("runId", "outer");

        // When
        Log.of(LogTest.class).info("Something happened", "runId", "inner", "runId", "again", "cluster", "main");

        // Then
        assertThat(MDC.get("runId")).isEqualTo("outer");
        assertThat(MDC.get("cluster")).isNull();
        assertThat(lines.get(0).getMdcCopy()).containsEntry("runId", "again");
    }

    @Test
    void anErrorHasItsCause() {
        // Given
        IllegalStateException cause = new IllegalStateException("why");

        // When
        Log.of(LogTest.class).error(cause, "The step failed", "step", "runs");

        // Then
        assertThat(lines.get(0).getThrown()).isSameAs(cause);
    }

    @Test
    void aKeyWithoutAValueIsAMistakeOfTheProgram() {
        assertThatThrownBy(() -> Log.of(LogTest.class).info("Odd", "runId"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Odd");
    }
}
