package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.upkeep.UpkeepFixture.NOW;

import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.upkeep.UpkeepFixture;
import sluice.upkeep.retention.SweepReport.Mode;

class SweepsTest {

    private static final SweepRequest PLAIN = new SweepRequest("alice", "a test", null, false, false, false);
    private static final SweepRequest ORPHAN = new SweepRequest("alice", "a test", null, true, false, false);

    private final UpkeepFixture fixture = new UpkeepFixture().define("wiki", List.of("main"), "retention: {keep: P7D}");
    private final Sweeps sweeps = fixture.bean(Sweeps.class);

    @BeforeEach
    void datasourcesAreStored() {
        fixture.load(fixture.main(), "wiki", 9, 1, 0)
                .load(fixture.main(), "orphan", 0)
                .load(fixture.second(), "wiki", 9);
    }

    @Test
    void aRequestActsAtOnce() {
        // When
        SweepReport report = sweeps.request("main", "wiki", PLAIN).orElseThrow();

        // Then
        assertThat(report.mode()).isEqualTo(Mode.ACT);
        assertThat(report.author()).isEqualTo("alice");
        assertThat(fixture.main().usedSegments("wiki")).hasSize(2);
    }

    @Test
    void aRequestForAnOrphanDeletesIt() {
        // When
        SweepReport left = sweeps.request("main", "orphan", PLAIN).orElseThrow();
        fixture.clock().advance(Duration.ofSeconds(1));
        SweepReport taken = sweeps.request("main", "orphan", ORPHAN).orElseThrow();

        // Then
        assertThat(left.refusals()).extracting(Refusal::code).contains(Refusal.Code.ORPHAN);
        assertThat(taken.marked().segments()).isEqualTo(1);
    }

    @Test
    void aRequestThatContradictsTheDefinitionIsRefused() {
        assertRefused(
                SweepException.Code.CONTRADICTION,
                "wiki has a definition",
                () -> sweeps.request("main", "wiki", ORPHAN));
        assertThat(fixture.main().usedSegments("wiki")).hasSize(3);
    }

    @Test
    void unknownNamesAreRefused() {
        assertRefused(SweepException.Code.UNKNOWN, "no cluster 'other'", () -> sweeps.request("other", "wiki", PLAIN));
        assertRefused(
                SweepException.Code.UNKNOWN, "no segments of 'other'", () -> sweeps.request("main", "other", PLAIN));
        assertRefused(SweepException.Code.UNKNOWN, "no cluster 'other'", () -> sweeps.plan("other", null, NOW));
        assertRefused(SweepException.Code.UNKNOWN, "no segments of 'other'", () -> sweeps.plan(null, "other", NOW));
    }

    @Test
    void aPlanHasEveryDatasourceOfEveryCluster() {
        // When
        Sweeps.Plan plan = sweeps.plan(null, null, NOW);

        // Then
        assertThat(plan.reports())
                .extracting(report -> report.cluster() + "/" + report.datasource())
                .containsExactly("main/orphan", "main/wiki", "second/wiki");
        assertThat(plan.left()).isEmpty();
        assertThat(fixture.table().items()).isEmpty();
    }

    @Test
    void aPlanOfOneDatasourceHasNoOther() {
        // When
        Sweeps.Plan plan = sweeps.plan("main", "wiki", NOW);

        // Then
        assertThat(plan.reports()).singleElement().satisfies(report -> {
            assertThat(report.mode()).isEqualTo(Mode.DRY_RUN);
            assertThat(report.marked().segments()).isEqualTo(1);
        });
    }

    @Test
    void afterTheDeadlineDatasourcesAreOnlyNamed() {
        // When
        Sweeps.Plan all = sweeps.plan(null, null, NOW.minusSeconds(1));
        Sweeps.Plan one = sweeps.plan(null, "wiki", NOW.minusSeconds(1));

        // Then
        assertThat(all.reports()).isEmpty();
        assertThat(all.left()).containsExactly("main/orphan", "main/wiki", "second/wiki");
        assertThat(one.left()).containsExactly("main/wiki", "second/wiki");
    }

    private static void assertRefused(SweepException.Code code, String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SweepException.class, exception -> {
            assertThat(exception.code()).isEqualTo(code);
            assertThat(exception).hasMessageContaining(message);
        });
    }
}
