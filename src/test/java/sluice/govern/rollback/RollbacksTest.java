package sluice.govern.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.govern.GovernWorld;
import sluice.govern.registry.Active;
import sluice.govern.registry.ContendedException;

class RollbacksTest {

    private static final String FIRST = GovernWorld.text("wiki");
    private static final String SECOND = GovernWorld.text("wiki", "drift: fail");
    private static final String THIRD = GovernWorld.text("wiki", "drift: evolve");

    private final GovernWorld world = new GovernWorld();
    private final Rollbacks rollbacks = world.bean(Rollbacks.class);

    @Test
    void withoutATargetTheParentBecomesActive() {
        // Given
        Active first = world.apply(FIRST);
        Active second = world.apply(SECOND);

        // When
        Rollback rollback = rollbacks.start(second, request(null));

        // Then
        assertThat(world.active("wiki")).isEqualTo(new Active("wiki", 1, first.hash(), 3, 2));
        assertThat(rollback.phase()).isEqualTo(Rollback.Phase.STOPPING);
        assertThat(rollback.badHashes()).containsExactly(second.hash());
        assertThat(rollbacks.find("wiki", 3)).contains(rollback);
        assertThat(rollbacks.find("wiki", 2)).isEmpty();
    }

    @Test
    void allVersionsSinceTheTargetAreBad() {
        // Given
        world.apply(FIRST);
        Active second = world.apply(SECOND);
        Active third = world.apply(THIRD);

        // When
        Rollback rollback = rollbacks.start(third, request(1));

        // Then
        assertThat(rollback.badHashes()).containsExactly(third.hash(), second.hash());
    }

    @Test
    void aVersionThatWasActiveBeforeTheTargetIsNotBad() {
        // Given
        world.apply(FIRST);
        world.apply(SECOND);
        Active third = world.apply(THIRD);

        // When
        Rollback rollback = rollbacks.start(third, request(2));

        // Then
        assertThat(rollback.to()).isEqualTo(2);
        assertThat(rollback.badHashes()).containsExactly(third.hash());
    }

    @Test
    void aVersionWithTheTargetsContentIsNotBad() {
        // Given
        world.apply(FIRST);
        Active second = world.apply(SECOND);
        Active again = world.apply(FIRST);

        // When
        Rollback rollback = rollbacks.start(again, request(1));

        // Then
        assertThat(rollback.badHashes()).containsExactly(second.hash());
    }

    @Test
    void theFirstVersionHasNothingToGoBackTo() {
        // Given
        Active first = world.apply(FIRST);

        // When, Then
        assertThatThrownBy(() -> rollbacks.start(first, request(null)))
                .isInstanceOf(RollbackException.class)
                .hasMessageContaining("the first");
        assertThat(world.active("wiki")).isEqualTo(first);
    }

    @Test
    void aMissingOrActiveTargetIsRefused() {
        // Given
        world.apply(FIRST);
        Active second = world.apply(SECOND);

        // When, Then
        assertThatThrownBy(() -> rollbacks.start(second, request(9)))
                .isInstanceOf(RollbackException.class)
                .hasMessageContaining("no version 9 of wiki, only 1 to 2");
        assertThatThrownBy(() -> rollbacks.start(second, request(2)))
                .isInstanceOf(RollbackException.class)
                .hasMessageContaining("active");
    }

    @Test
    void aRepeatedRequestGoesBackOnce() {
        // Given
        world.apply(FIRST);
        world.apply(SECOND);
        Active third = world.apply(THIRD);
        Rollback first = rollbacks.request(third, request(null), "a-key");

        // When: the answer was lost, and the caller asks again with what is active now
        Rollback again = rollbacks.request(world.active("wiki"), request(null), "a-key");

        // Then
        assertThat(again).isEqualTo(first);
        assertThat(world.active("wiki").version()).isEqualTo(2);
    }

    @Test
    void whileARollbackIsNotFinishedAnotherIsRefused() {
        // Given
        world.apply(FIRST);
        world.apply(SECOND);
        rollbacks.request(world.apply(THIRD), request(null), "one");

        // When, Then
        assertThatThrownBy(() -> rollbacks.request(world.active("wiki"), request(null), "another"))
                .isInstanceOf(RollbackException.class)
                .hasMessageContaining("rollback 4 of wiki is not finished");
        world.settle();
        assertThat(rollbacks
                        .request(world.active("wiki"), request(null), "another")
                        .to())
                .isEqualTo(1);
    }

    @Test
    void aPointerThatMovedMeanwhileStoresNoRollback() {
        // Given
        world.apply(FIRST);
        Active second = world.apply(SECOND);
        Active third = world.apply(THIRD);

        // When, Then
        assertThatThrownBy(() -> rollbacks.start(second, request(null))).isInstanceOf(ContendedException.class);
        assertThat(world.active("wiki")).isEqualTo(third);
        assertThat(rollbacks.find("wiki", 3)).isEqualTo(Optional.empty());
    }

    private static Rollbacks.Order request(Integer to) {
        return new Rollbacks.Order(to, false, "bob", "too coarse", List.of());
    }
}
