package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sluice.govern.settings.RuleSafeguard;
import sluice.ingest.hold.HoldStore;
import sluice.platform.druid.DruidException;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.Lags;
import sluice.upkeep.UpkeepFixture;

class RulesGuardTest {

    private static final List<JsonNode> KEEP_TWO_DAYS = List.of(
            JsonNodeFactory.instance.objectNode().put("type", "loadByPeriod").put("period", "P2D"),
            JsonNodeFactory.instance.objectNode().put("type", "dropForever"));

    @Test
    void rulesThatDropTooMuchAreRefused() {
        // Given: three of five days are older than two days
        UpkeepFixture fixture = new UpkeepFixture();
        fixture.load(fixture.main(), "wiki", 6, 5, 4, 1, 0);

        // When
        Optional<String> refusal = refusal(fixture);

        // Then
        assertThat(refusal).hasValueSatisfying(text -> assertThat(text)
                .contains("would drop 60 %", "3 segments", "2026-01-26T00:00:00.000Z", "50 % is allowed"));
    }

    @Test
    void rulesWithinTheShareAreNot() {
        // Given
        UpkeepFixture fixture = new UpkeepFixture(Map.of("sluice.retention.max-share", "0.6"));
        fixture.load(fixture.main(), "wiki", 6, 5, 4, 1, 0);

        // Then
        assertThat(refusal(fixture)).isEmpty();
    }

    @Test
    void anEmptyDatasourceHasNothingToLose() {
        assertThat(refusal(new UpkeepFixture())).isEmpty();
    }

    @Test
    void withoutRulesOfItsOwnADatasourceGetsTheClusters() {
        // Given: the cluster drops what is older than two days
        UpkeepFixture fixture = new UpkeepFixture();
        fixture.load(fixture.main(), "wiki", 6, 5, 4, 1, 0);
        fixture.main().clusterRules(JsonNodeFactory.instance.arrayNode().addAll(KEEP_TWO_DAYS));

        // When
        RuleSafeguard.Effect effect = effect(fixture, List.of());

        // Then
        assertThat(effect.refusal()).contains("would drop 60 %", "by the cluster's own rules");
    }

    @Test
    void whatRulesDropWithinTheShareIsToldInThePlan() {
        // Given
        UpkeepFixture fixture = new UpkeepFixture();
        fixture.load(fixture.main(), "wiki", 6, 3, 2, 1, 0);

        // When
        RuleSafeguard.Effect effect = effect(fixture, KEEP_TWO_DAYS);

        // Then
        assertThat(effect.refusal()).isNull();
        assertThat(effect.note()).contains("will drop 40 %", "2 segments");
    }

    @Test
    void aTierWithoutServersIsRefusedHoweverLittleItWouldDrop() {
        // Given
        UpkeepFixture fixture = new UpkeepFixture();
        fixture.load(fixture.main(), "wiki", 6, 5, 4, 3, 0);

        // When: only the newest day is to be on the tier
        RuleSafeguard.Effect effect = effect(fixture, List.of(load("P1D", "hto", 2), load("P30D", "_default_tier", 1)));

        // Then
        assertThat(effect.refusal()).contains("no data server belongs to hto, only to _default_tier");
    }

    @Test
    void rulesThatWantNoReplicaAnywhereDrop() {
        // Given
        UpkeepFixture fixture = new UpkeepFixture();
        fixture.load(fixture.main(), "wiki", 1, 0);

        // When
        RuleSafeguard.Effect effect = effect(fixture, List.of(load("P30D", "_default_tier", 0)));

        // Then
        assertThat(effect.refusal()).contains("would drop 100 %");
    }

    @Test
    void rulesThatDropWhatIsOnHoldAreRefused() {
        // Given
        UpkeepFixture fixture = new UpkeepFixture();
        fixture.load(fixture.main(), "wiki", 6, 3, 2, 1, 0);
        fixture.bean(HoldStore.class).put("wiki", UpkeepFixture.day(6), "audit", "alice", null);

        // When
        RuleSafeguard.Effect effect = effect(fixture, KEEP_TWO_DAYS);

        // Then
        assertThat(effect.refusal()).contains("held from", "alice: audit");
    }

    @Test
    void aRuleForASegmentWithoutBoundsIsRead() {
        // Given: the interval that Druid calls eternity
        UpkeepFixture fixture = new UpkeepFixture();
        fixture.load(fixture.main(), "wiki", 1, 0);
        JsonNode eternity = JsonNodeFactory.instance
                .objectNode()
                .put("type", "dropByInterval")
                .put("interval", "-146136543-09-08T08:23:32.096Z/146140482-04-24T15:36:27.903Z");

        // Then
        assertThat(effect(fixture, List.of(eternity)).refusal()).contains("would drop 100 %");
    }

    @Test
    void whatIsUnusedByNowDoesNotMakeTheShareSmaller() {
        // Given: somebody has just marked two of four days unused, and brokers still show them
        UpkeepFixture fixture = new UpkeepFixture();
        fixture.load(fixture.main(), "wiki", 6, 5, 1, 0);
        fixture.clock().advance(Duration.ofMinutes(5));
        fixture.main().lags(Lags.NONE.published(Duration.ofMinutes(1)).served(Duration.ofMinutes(1)));
        fixture.main()
                .segmentUsage()
                .markUnused(
                        "wiki",
                        fixture.main().usedSegments("wiki").stream()
                                .filter(id -> Stream.of(1, 0)
                                        .map(UpkeepFixture::day)
                                        .anyMatch(day -> id.startsWith(
                                                "wiki_" + day.interval().split("/")[0])))
                                .toList());

        // Then
        assertThat(refusal(fixture)).hasValueSatisfying(text -> assertThat(text).contains("would drop 100 %"));
    }

    @Test
    void whatBrokersDoNotKnowYetIsNotDecided() {
        // Given
        UpkeepFixture fixture = oldDaysLoadedAgain();

        // Then
        assertThatThrownBy(() -> refusal(fixture))
                .isInstanceOf(DruidException.class)
                .matches(thrown -> ((DruidException) thrown).isTransient())
                .hasMessageContaining("brokers do not know 3 of 3 used segments yet");
    }

    @Test
    void whatBrokersLearnInBetweenIsNotDecided() {
        // Given: brokers poll the coordinator after their totals were read
        UpkeepFixture fixture = oldDaysLoadedAgain();
        fixture.main().faults((call, subject) -> {
            if (call == DruidCall.SEGMENT_STATES) {
                fixture.clock().advance(Duration.ofMinutes(2));
            }
            return Optional.empty();
        });

        // Then
        assertThatThrownBy(() -> refusal(fixture))
                .isInstanceOf(DruidException.class)
                .matches(thrown -> ((DruidException) thrown).isTransient())
                .hasMessageContaining("brokers have just learned of other segments");
    }

    /** Brokers do not know the three old days yet, which have just been loaded. */
    private static UpkeepFixture oldDaysLoadedAgain() {
        UpkeepFixture fixture = new UpkeepFixture();
        fixture.load(fixture.main(), "wiki", 1, 0);
        fixture.clock().advance(Duration.ofMinutes(5));
        fixture.main().lags(Lags.NONE.published(Duration.ofMinutes(1)).served(Duration.ofMinutes(1)));
        fixture.load(fixture.main(), "wiki", 6, 5, 4);
        return fixture;
    }

    private static JsonNode load(String period, String tier, int replicas) {
        ObjectNode rule = JsonNodeFactory.instance
                .objectNode()
                .put("type", "loadByPeriod")
                .put("period", period);
        rule.putObject("tieredReplicants").put(tier, replicas);
        return rule;
    }

    private static RuleSafeguard.Effect effect(UpkeepFixture fixture, List<JsonNode> rules) {
        return fixture.bean(RuleSafeguard.class).effect(fixture.main(), "wiki", rules);
    }

    private static Optional<String> refusal(UpkeepFixture fixture) {
        return Optional.ofNullable(fixture.bean(RuleSafeguard.class)
                .effect(fixture.main(), "wiki", KEEP_TWO_DAYS)
                .refusal());
    }
}
