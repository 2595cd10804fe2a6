package sluice.govern.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.govern.settings.Reconciliation.OnCluster;
import sluice.govern.settings.Reconciliation.Phase;
import sluice.platform.druid.DruidException;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.InMemoryDruid;
import sluice.upkeep.UpkeepFixture;

/** Rules that drop rows reach one cluster after the other. */
class RuleTurnsTest {

    private static final Duration PAUSE = Duration.ofHours(1);
    private static final String DROPS = "retention: {keep: P5D}";

    private final UpkeepFixture fixture = new UpkeepFixture();

    private RuleTurnsTest days() {
        fixture.load(fixture.main(), "wiki", 8, 3, 2, 1);
        fixture.load(fixture.second(), "wiki", 8, 3, 2, 1);
        return this;
    }

    private RuleTurnsTest define(List<String> clusters, String... more) {
        fixture.define("wiki", clusters, more);
        fixture.clock().advance(Duration.ofMinutes(1));
        fixture.bean(FileDefinitions.class).notice();
        return tick();
    }

    private RuleTurnsTest after(Duration time) {
        fixture.clock().advance(time);
        return tick();
    }

    private RuleTurnsTest tick() {
        fixture.bean(ReconciliationSteps.class)
                .handle(
                        fixture.table().due(fixture.clock().instant(), 10),
                        fixture.clock().instant().plusSeconds(60));
        return this;
    }

    private static boolean hasRules(InMemoryDruid cluster) {
        return !cluster.settings().rules("wiki").isEmpty();
    }

    private Reconciliation current() {
        return fixture.bean(Reconciliations.class).find("wiki").orElseThrow();
    }

    private OnCluster second() {
        return current().clusters().stream()
                .filter(cluster -> cluster.cluster().equals("second"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theNextClusterWaitsSomeTime() {
        // When
        days().define(List.of("main", "second"), DROPS);

        // Then
        assertThat(hasRules(fixture.main())).isTrue();
        assertThat(hasRules(fixture.second())).isFalse();
        assertThat(current().phase()).isEqualTo(Phase.ALIGNING);
        assertThat(second().waiting()).contains("rules that drop rows wait until", "cluster main got them at");

        // When
        after(PAUSE.minusMinutes(1));

        // Then
        assertThat(hasRules(fixture.second())).isFalse();

        // When
        after(Duration.ofMinutes(1));

        // Then
        assertThat(hasRules(fixture.second())).isTrue();
        assertThat(current().phase()).isEqualTo(Phase.ALIGNED);
    }

    @Test
    void theOrderIsThatOfTheDefinition() {
        // When
        days().define(List.of("second", "main"), DROPS);

        // Then
        assertThat(hasRules(fixture.second())).isTrue();
        assertThat(hasRules(fixture.main())).isFalse();
    }

    @Test
    void rulesThatDropNothingWaitForNobody() {
        // When
        days().define(List.of("main", "second"), "retention: {keep: P365D}");

        // Then
        assertThat(hasRules(fixture.main())).isTrue();
        assertThat(hasRules(fixture.second())).isTrue();
        assertThat(current().phase()).isEqualTo(Phase.ALIGNED);
    }

    @Test
    void theMistakeIsCorrectedBeforeItReachesTheNextCluster() {
        // Given
        days().define(List.of("main", "second"), DROPS);

        // When
        after(Duration.ofMinutes(10)).define(List.of("main", "second"), "retention: {keep: P365D}");

        // Then
        assertThat(fixture.second().settings().rules("wiki").toString()).contains("P365D");
        assertThat(current().phase()).isEqualTo(Phase.ALIGNED);
    }

    @Test
    void anotherReconciliationDoesNotShortenTheWait() {
        // Given
        days().define(List.of("main", "second"), DROPS);

        // When: another part of the definition changes
        after(Duration.ofMinutes(10)).define(List.of("main", "second"), DROPS, "compaction: {engine: native}");

        // Then
        assertThat(fixture.second().settings().compaction("wiki")).isPresent();
        assertThat(hasRules(fixture.second())).isFalse();
        assertThat(second().waiting()).contains("rules that drop rows wait until");
    }

    @Test
    void aClusterThatDoesNotRespondKeepsTheNextOneFromDropping() {
        // Given
        days();
        fixture.main().faults((call, subject) -> Optional.of(new CallFault.Refused(DruidException.Code.UNAVAILABLE)));

        // When
        define(List.of("main", "second"), DROPS);

        // Then
        assertThat(hasRules(fixture.second())).isFalse();
        assertThat(second().waiting()).contains("cluster main comes first and is not done");

        // When: it responds again
        fixture.main().faults(CallFaults.NONE);
        after(Duration.ofMinutes(10)).after(PAUSE.minusMinutes(1));

        // Then
        assertThat(hasRules(fixture.main())).isTrue();
        assertThat(hasRules(fixture.second())).isFalse();
        after(Duration.ofMinutes(2));
        assertThat(hasRules(fixture.second())).isTrue();
    }

    @Test
    void rulesThatTheFirstClusterRefusesDoNotReachTheNext() {
        // Given: on main they would drop more than half
        fixture.load(fixture.main(), "wiki", 9, 8, 1);
        fixture.load(fixture.second(), "wiki", 8, 3, 2, 1);

        // When
        define(List.of("main", "second"), DROPS);

        // Then
        assertThat(hasRules(fixture.second())).isFalse();
        assertThat(second().problems())
                .singleElement()
                .asString()
                .contains("they would drop rows, and cluster main, which comes first, has a problem");
        assertThat(current().phase()).isEqualTo(Phase.MISALIGNED);
    }

    @Test
    void aProcessThatDiesAfterItHasPostedLeavesAPause() {
        // Given: the last write of the step fails, after main got its rules
        days();
        fixture.define("wiki", List.of("main", "second"), DROPS);
        fixture.clock().advance(Duration.ofMinutes(1));
        fixture.bean(FileDefinitions.class).notice();
        fixture.second().faults((call, subject) -> {
            throw new IllegalStateException("killed");
        });
        tick();
        assertThat(hasRules(fixture.main())).isTrue();
        fixture.second().faults(CallFaults.NONE);

        // When
        after(Duration.ofMinutes(10));

        // Then
        assertThat(hasRules(fixture.second())).isFalse();
        assertThat(second().waiting()).contains("cluster main got them at");
    }
}
