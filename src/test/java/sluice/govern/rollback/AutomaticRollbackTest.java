package sluice.govern.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.govern.GovernWorld;
import sluice.govern.registry.Activation;
import sluice.ingest.run.RunState;

class AutomaticRollbackTest {

    private static final String GOOD = GovernWorld.text("wiki");
    private static final String STRICT =
            GovernWorld.text("wiki", "  expect: {rows: {min: 1000}}", "  onViolation: rollback");
    private static final String KNOWN = "{\"__time\": 0, \"time\": \"2026-02-01\", \"channel\": \"en\"}";

    private final GovernWorld world = new GovernWorld().samples(KNOWN);

    @Test
    void aVersionWhoseFirstRunViolatesItsExpectationGivesWay() {
        // Given
        applied(GOOD).upload("wiki", "2026-02-01", "a.json", 10).settle();
        applied(STRICT);

        // When
        world.upload("wiki", "2026-02-02", "a.json", 7).settle();

        // Then
        assertThat(world.active("wiki").version()).isEqualTo(1);
        assertThat(world.registry().history("wiki", 1))
                .extracting(Activation::author)
                .containsExactly(AutomaticRollback.AUTHOR);
        assertThat(world.rows("wiki")).isEqualTo(17);
    }

    @Test
    void aVersionThatHasLoadedBeforeStays() {
        // Given
        applied(GOOD);
        applied(STRICT.replace("1000", "5"))
                .upload("wiki", "2026-02-01", "a.json", 10)
                .settle();

        // When
        world.upload("wiki", "2026-02-02", "a.json", 2).settle();

        // Then
        assertThat(world.active("wiki").version()).isEqualTo(2);
        assertThat(world.runs("wiki"))
                .anyMatch(run -> run.state() instanceof RunState.RolledBack)
                .hasSize(2);
    }

    @Test
    void theFirstVersionStays() {
        // Given
        applied(STRICT);

        // When
        world.upload("wiki", "2026-02-01", "a.json", 7).settle();

        // Then
        assertThat(world.active("wiki").activation()).isEqualTo(1);
    }

    @Test
    void aVersionThatARollbackBroughtBackStays() {
        // Given
        applied(GOOD);
        applied(STRICT);
        applied(GovernWorld.text("wiki", "drift: evolve"));
        world.bean(Rollbacks.class)
                .start(world.active("wiki"), new Rollbacks.Order(null, false, "bob", "wrong", List.of()));
        world.settle();

        // When
        world.upload("wiki", "2026-02-01", "a.json", 7).settle();

        // Then
        assertThat(world.active("wiki").version()).isEqualTo(2);
        assertThat(world.registry().history("wiki", 10)).hasSize(4);
    }

    @Test
    void aVersionThatMeetsANewColumnGivesWayIfItSaysRollback() {
        // Given
        applied(GOOD).upload("wiki", "2026-02-01", "a.json", 10).settle();
        applied(GovernWorld.text("wiki", "drift: rollback"));
        world.samples(KNOWN.replace("}", ", \"language\": \"en\"}"));

        // When
        world.upload("wiki", "2026-02-02", "a.json", 7).settle();

        // Then
        assertThat(world.active("wiki").version()).isEqualTo(1);
        assertThat(world.rows("wiki")).isEqualTo(17);
    }

    @Test
    void aVersionThatMeetsANewColumnStaysIfItSaysFail() {
        // Given
        applied(GOOD).upload("wiki", "2026-02-01", "a.json", 10).settle();
        applied(GovernWorld.text("wiki", "drift: fail"));
        world.samples(KNOWN.replace("}", ", \"language\": \"en\"}"));

        // When
        world.upload("wiki", "2026-02-02", "a.json", 7).settle();

        // Then
        assertThat(world.active("wiki").version()).isEqualTo(2);
        assertThat(world.rows("wiki")).isEqualTo(10);
    }

    private GovernWorld applied(String text) {
        world.apply(text);
        return world.pass(Duration.ofSeconds(10));
    }
}
