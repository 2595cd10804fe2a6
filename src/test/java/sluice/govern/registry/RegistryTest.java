package sluice.govern.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.govern.GovernWorld;

class RegistryTest {

    private static final String FIRST = GovernWorld.text("wiki");
    private static final String SECOND = GovernWorld.text("wiki", "drift: fail");
    private static final String THIRD = GovernWorld.text("wiki", "drift: evolve");

    private final GovernWorld world = new GovernWorld();
    private final Registry registry = world.registry();

    @Test
    void theFirstVersionIsNumberOneAndActive() {
        // When
        Active active = world.apply(FIRST);

        // Then
        assertThat(active)
                .isEqualTo(new Active("wiki", 1, world.read(FIRST).hash(), 1, 1))
                .isEqualTo(world.active("wiki"));
        assertThat(active.etag()).isEqualTo("\"1.1\"");
        assertThat(registry.version("wiki", 1))
                .contains(new Version("wiki", 1, active.hash(), FIRST, "ada", "c0ffee", "a note", world.now(), null));
        assertThat(registry.history("wiki", 10))
                .containsExactly(new Activation(1, Activation.Kind.APPLY, 1, null, "ada", "a note", world.now()));
        assertThat(world.events("sluice.definition.activated")).singleElement().satisfies(event -> assertThat(
                        event.data().path("definitionHash").asText())
                .isEqualTo(active.hash()));
    }

    @Test
    void applyingTheActiveContentAgainIsANoOp() {
        // Given
        Active before = world.apply(FIRST);

        // When
        Active after = world.apply("# only a comment\n" + FIRST);

        // Then
        assertThat(after).isEqualTo(before);
        assertThat(registry.history("wiki", 10)).hasSize(1);
        assertThat(world.events("sluice.definition.activated")).hasSize(1);
    }

    @Test
    void versionsAndMovesAreListedNewestFirst() {
        // Given
        world.apply(FIRST);
        world.apply(SECOND);
        world.apply(THIRD);

        // When
        List<Version> versions = registry.versions("wiki", 2);
        List<Activation> history = registry.history("wiki", 2);

        // Then
        assertThat(versions).extracting(Version::number, Version::parent).containsExactly(tuple(3, 2), tuple(2, 1));
        assertThat(history)
                .extracting(Activation::number, Activation::version, Activation::before)
                .containsExactly(tuple(3, 3, 2), tuple(2, 2, 1));
    }

    @Test
    void ofTwoWhoApplyAtOnceOneWinsAndTheOtherWritesNothing() {
        // Given
        Active read = world.apply(FIRST);
        Active winner = registry.apply(world.proposal(SECOND), Optional.of(read));

        // When, Then
        assertThatThrownBy(() -> registry.apply(world.proposal(THIRD), Optional.of(read)))
                .isInstanceOf(ContendedException.class)
                .hasMessageContaining("wiki");
        assertThat(world.active("wiki")).isEqualTo(winner);
        assertThat(registry.versions("wiki", 10)).extracting(Version::number).containsExactly(2, 1);
        assertThat(registry.history("wiki", 10)).hasSize(2);
        assertThat(world.events("sluice.definition.activated")).hasSize(2);
    }

    @Test
    void ofTwoWhoCreateADatasourceAtOnceOneWins() {
        // Given
        Active winner = registry.apply(world.proposal(FIRST), Optional.empty());

        // When, Then
        assertThatThrownBy(() -> registry.apply(world.proposal(SECOND), Optional.empty()))
                .isInstanceOf(ContendedException.class);
        assertThat(world.active("wiki")).isEqualTo(winner);
    }

    @Test
    void aRollbackMovesThePointerAndKeepsTheNewestVersion() {
        // Given
        world.apply(FIRST);
        Active second = world.apply(SECOND);
        Version to = registry.version("wiki", 1).orElseThrow();

        // When
        Active back = registry.rollBack(second, to, "bob", "wrong", List.of());

        // Then
        assertThat(back).isEqualTo(new Active("wiki", 1, to.hash(), 3, 2)).isEqualTo(world.active("wiki"));
        assertThat(registry.history("wiki", 1))
                .containsExactly(new Activation(3, Activation.Kind.ROLLBACK, 1, 2, "bob", "wrong", world.now()));
        assertThat(world.events("sluice.definition.rolled-back")).hasSize(1);
    }

    @Test
    void theVersionAfterARollbackGetsANewNumberAndTheActiveOneAsParent() {
        // Given
        world.apply(FIRST);
        Active second = world.apply(SECOND);
        registry.rollBack(second, registry.version("wiki", 1).orElseThrow(), "bob", "wrong", List.of());

        // When
        Active third = world.apply(THIRD);

        // Then
        assertThat(third.version()).isEqualTo(3);
        assertThat(registry.version("wiki", 3)).map(Version::parent).contains(1);
    }

    @Test
    void everyDatasourceHasAPointerOfItsOwn() {
        // Given
        world.apply(FIRST);
        world.apply(GovernWorld.text("news"));

        // When
        List<Active> actives = registry.actives();

        // Then
        assertThat(actives).extracting(Active::datasource).containsExactlyInAnyOrder("news", "wiki");
        assertThat(registry.active("nobody")).isEmpty();
        assertThat(registry.version("wiki", 9)).isEmpty();
    }
}
