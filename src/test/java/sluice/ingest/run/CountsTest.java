package sluice.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.platform.druid.TaskReport;

class CountsTest {

    @Test
    void aReportIsCounted() {
        // Given
        TaskReport report = new TaskReport(10, 2, 3, 4, 1, List.of(), null);

        // When
        Counts counts = Counts.of(report, 5, 600);

        // Then
        assertThat(counts).isEqualTo(new Counts(report.stored(), 5, 4, 5, null, null, 600));
    }

    @Test
    void withoutAReportTheRowsAreUnknown() {
        assertThat(Counts.of(null, 5, 600)).isEqualTo(new Counts(null, 0, 0, 5, null, null, 600));
    }

    @Test
    void segmentsTellWhatIsStored() {
        assertThat(Counts.of(null, 5, 600).stored(7, 800)).isEqualTo(new Counts(null, 0, 0, 5, 7L, 800L, 600));
    }
}
