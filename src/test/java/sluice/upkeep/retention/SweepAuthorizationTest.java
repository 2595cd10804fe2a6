package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.UpkeepFixture.NOW;
import static sluice.upkeep.UpkeepFixture.day;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.core.batch.DefinitionSnapshot;
import sluice.core.batch.RunKind;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Span;
import sluice.govern.registry.DefinitionCatalog;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.upkeep.UpkeepFixture;

class SweepAuthorizationTest {

    private static final SweepRequest PLAIN = new SweepRequest("alice", "a test", null, false, false, false);

    @Test
    void aDefinitionThatNamesTheClusterGivesThePolicy() {
        // Given
        UpkeepFixture fixture =
                new UpkeepFixture().define("wiki", List.of("main"), "retention: {keep: P7D, purgeAfter: P2D}");

        // When
        SweepTarget onMain = target(fixture, fixture.main().name());
        SweepTarget onSecond = target(fixture, fixture.second().name());

        // Then
        assertThat(onMain.definition()).isPresent();
        assertThat(onMain.policy().keep()).isEqualTo(new Span("P7D"));
        assertThat(onMain.policy().purgeAfter()).isEqualTo(new Span("P2D"));
        assertThat(onMain.policy().rules()).isNotEmpty();
        assertThat(onMain.policy().text()).isEqualTo("P7D, purged after P2D");
        assertThat(onSecond.definition()).isEmpty();
        assertThat(onSecond.policy()).isEqualTo(RetentionPolicy.orphan(new Span("P30D")));
        assertThat(onSecond.policy().text()).isEqualTo("orphan, purged after P30D");
    }

    @Test
    void aDefinitionWithoutRetentionKeepsEverything() {
        // Given
        UpkeepFixture fixture = new UpkeepFixture().define("wiki", List.of("main"));

        // When
        RetentionPolicy policy = target(fixture, "main").policy();

        // Then
        assertThat(policy.keep()).isNull();
        assertThat(policy.purgeAfter()).isNull();
        assertThat(policy.rules()).isEmpty();
        assertThat(policy.text()).isEqualTo("for ever, purged after never");
    }

    @Test
    void aRequestMayRaiseTheShare() {
        // Given
        SweepAuthorization authorization = new UpkeepFixture().bean(SweepAuthorization.class);
        SweepRequest more = new SweepRequest("alice", "a test", 0.9, false, true, false);

        // Then
        assertThat(authorization.requested(PLAIN, Snapshots.KEEP_A_WEEK))
                .isEqualTo(new SweepPermissions(0.5, null, false, false));
        assertThat(authorization.requested(more, Snapshots.KEEP_A_WEEK))
                .isEqualTo(new SweepPermissions(0.9, null, true, false));
    }

    @Test
    void aRequestDeletesAnOrphanOnlyIfItSaysSo() {
        // Given
        SweepAuthorization authorization = new UpkeepFixture().bean(SweepAuthorization.class);
        RetentionPolicy orphan = RetentionPolicy.orphan(new Span("P30D"));
        SweepRequest orphanToo = new SweepRequest("alice", "a test", null, true, false, false);

        // Then
        assertThat(authorization.requested(PLAIN, orphan).orphanRefusal()).contains("does not set orphan");
        assertThat(authorization.requested(orphanToo, orphan).orphanRefusal()).isNull();
    }

    @Test
    void aScheduleHasTheShareOfTheSettings() {
        // Given
        UpkeepFixture fixture = new UpkeepFixture(Map.of("sluice.retention.max-share", "0.25"))
                .define("wiki", List.of("main"), "retention: {keep: P7D}");

        // When
        SweepPermissions permissions = scheduled(fixture, SweepState.NEW);

        // Then
        assertThat(permissions).isEqualTo(new SweepPermissions(0.25, null, false, false));
    }

    @Test
    void aScheduleOnlyReportsOrphansByDefault() {
        assertThat(scheduled(new UpkeepFixture(), orphanSince(day(300).start())).orphanRefusal())
                .contains("SLUICE_RETENTION_ORPHANS is report");
    }

    @Test
    void anUnreadableDefinitionMayBeTheOrphans() {
        // Given
        UpkeepFixture fixture = orphans("all").define("broken", "not: a definition");

        // Then
        assertThat(scheduled(fixture, orphanSince(day(300).start())).orphanRefusal())
                .contains("not readable", "broken.yaml");
    }

    @Test
    void anOrphanIsDeletedAfterItsTime() {
        // Given
        UpkeepFixture fixture = orphans("all");

        // Then
        assertThat(scheduled(fixture, SweepState.NEW).orphanRefusal()).contains("since " + NOW, "PT168H");
        assertThat(scheduled(fixture, orphanSince(NOW.minus(Duration.ofDays(7)).plusSeconds(1)))
                        .orphanRefusal())
                .isNotNull();
        assertThat(scheduled(fixture, orphanSince(NOW.minus(Duration.ofDays(7))))
                        .orphanRefusal())
                .isNull();
    }

    @Test
    void withoutAnyDefinitionNothingIsAnOrphan() {
        // Given
        UpkeepFixture fixture = new UpkeepFixture(Map.of("sluice.retention.orphans", "all"));

        // Then
        assertThat(scheduled(fixture, orphanSince(day(300).start())).orphanRefusal())
                .contains("there is no definition at all", "check SLUICE_DEFINITIONS");
    }

    @Test
    void definitionsThatVanishedTogetherMayOnlyBeOutOfSight() {
        // Given: six datasources lost their definitions on two days, and two are left
        UpkeepFixture fixture = orphans("all");
        Instant since = NOW.minus(Duration.ofDays(30));
        for (int number = 0; number < 6; number++) {
            String name = "gone" + number;
            fixture.load(fixture.main(), name, 0);
            noteOrphan(fixture, name, since.plus(Duration.ofHours(20L * (number % 2))));
        }

        // Then
        assertThat(scheduled(fixture, orphanSince(since)).orphanRefusal())
                .contains("vanished about the same time", "2 are left", "check SLUICE_DEFINITIONS");
        assertThat(scheduled(fixture, orphanSince(since.minus(Duration.ofDays(9))))
                        .orphanRefusal())
                .as("one that went alone")
                .isNull();
    }

    private static void noteOrphan(UpkeepFixture fixture, String datasource, Instant since) {
        fixture.table()
                .put(Item.at(Key.sweeps("main", datasource))
                        .with("lastSweptAt", since)
                        .with("orphanSince", since));
    }

    @Test
    void anOrphanThatSluiceHasNotLoadedIsSomebodyElses() {
        // Given
        UpkeepFixture fixture = orphans("loaded");
        SweepState old = orphanSince(day(300).start());
        fixture.bean(RunStore.class).save(run("second"));

        // When
        String neverLoaded = scheduled(fixture, old).orphanRefusal();
        fixture.bean(RunStore.class).save(run("main"));
        String loaded = scheduled(fixture, old).orphanRefusal();

        // Then
        assertThat(neverLoaded).contains("has never loaded it there");
        assertThat(loaded).isNull();
    }

    private static UpkeepFixture orphans(String setting) {
        return new UpkeepFixture(Map.of("sluice.retention.orphans", setting))
                .define("other", List.of("main"))
                .define("another", List.of("main"));
    }

    private static SweepState orphanSince(Instant since) {
        return new SweepState(since, "orphan", since, null, Map.of());
    }

    private static SweepTarget target(UpkeepFixture fixture, String cluster) {
        return fixture.bean(SweepAuthorization.class)
                .target(
                        fixture.bean(DefinitionCatalog.class).fresh(),
                        fixture.clusters().find(cluster).orElseThrow(),
                        "wiki");
    }

    private static SweepPermissions scheduled(UpkeepFixture fixture, SweepState state) {
        DefinitionSnapshot definitions = fixture.bean(DefinitionCatalog.class).fresh();
        return fixture.bean(SweepAuthorization.class).scheduled(definitions, target(fixture, "main"), state, NOW);
    }

    private static Run run(String cluster) {
        return Run.first(
                "run-" + cluster,
                cluster,
                "wiki",
                RunKind.BATCH,
                Mode.REPLACE,
                List.of(day(3)),
                "hash",
                "spec",
                Duration.ofHours(4),
                NOW);
    }
}
