package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.UpkeepFixture.NOW;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.platform.state.Key;
import sluice.upkeep.UpkeepFixture;
import sluice.upkeep.retention.SweepReport.Mode;
import sluice.upkeep.retention.SweepReport.Phase;

class SweepReportsTest {

    private final UpkeepFixture fixture = new UpkeepFixture();
    private final SweepReports reports = fixture.bean(SweepReports.class);

    @Test
    void pagesOfADatasourceComeNewestFirst() {
        // Given
        store(3);

        // When
        SweepReports.Page first = reports.page("main", "wiki", 2, null);
        SweepReports.Page second = reports.page("main", "wiki", 2, first.next());

        // Then
        assertThat(ids(first)).containsExactly(Reports.id(3), Reports.id(2));
        assertThat(ids(second)).containsExactly(Reports.id(1));
        assertThat(second.next()).isNull();
    }

    @Test
    void pagesOfAClusterHaveAllItsDatasources() {
        // Given
        store(3);

        // When
        SweepReports.Page first = reports.page("main", null, 2, null);
        SweepReports.Page second = reports.page("main", null, 2, first.next());

        // Then
        assertThat(ids(first)).containsExactly(Reports.id(3), Reports.id(2));
        assertThat(first.next()).endsWith("#wiki");
        assertThat(ids(second)).containsExactly(Reports.id(1));
        assertThat(second.next()).isNull();
    }

    @Test
    void anEntryWhoseReportHasExpiredIsLeftOut() {
        // Given
        store(2);
        fixture.table().remove(Key.sweepReport("main", "wiki", Reports.id(2)));

        // Then
        assertThat(ids(reports.page("main", null, 2, null))).containsExactly(Reports.id(1));
    }

    @Test
    void anotherClusterHasItsOwnReports() {
        // Given
        store(1);

        // Then
        assertThat(reports.page("second", null, 2, null).reports()).isEmpty();
        assertThat(reports.page("second", "wiki", 2, null).reports()).isEmpty();
    }

    private void store(int count) {
        ReportStore store = fixture.bean(ReportStore.class);
        for (int number = 1; number <= count; number++) {
            SweepReport report = Reports.report("main", number, NOW.plusSeconds(number), Mode.DRY_RUN, Phase.DONE);
            store.dryRun(
                    report,
                    new SweepState(report.sweptAt(), "policy", null, null, Map.of()),
                    store.state("main", "wiki"),
                    fixture.bean(SweptEvents.class).of(report));
        }
    }

    private static List<String> ids(SweepReports.Page page) {
        return page.reports().stream().map(SweepReport::id).toList();
    }
}
