package sluice.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.simulation.ManualClock;

class SecretStoreTest {

    private static final SecretReference WHOLE = SecretReference.of("/kafka");
    private static final SecretReference PASSWORD = SecretReference.of("/kafka#password");

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final FakeSecretSource source = new FakeSecretSource();
    private final SecretStore store = new SecretStore(source, clock);

    @Test
    void aSecretIsKeptForFiveMinutes() {
        // Given
        source.holds("/kafka", "old value");
        store.value(WHOLE);
        source.holds("/kafka", "new value");

        // When
        clock.advance(SecretStore.KEPT.minusSeconds(1));
        String before = store.value(WHOLE);
        clock.advance(Duration.ofSeconds(1));
        String after = store.value(WHOLE);

        // Then
        assertThat(before).isEqualTo("old value");
        assertThat(after).isEqualTo("new value");
        assertThat(source.reads()).hasSize(2);
    }

    @Test
    void keysOfOneSecretAreReadTogether() {
        // Given
        source.holds("/kafka", "{\"user\": \"u\", \"password\": \"hunter2\"}");

        // When
        String password = store.value(PASSWORD);
        String user = store.value(SecretReference.of("/kafka#user"));

        // Then
        assertThat(password).isEqualTo("hunter2");
        assertThat(user).isEqualTo("u");
        assertThat(source.reads()).containsExactly("/kafka");
    }

    @Test
    void aValueThatDoesNotWorkIsReadAgainAtOnce() {
        // Given
        source.holds("/kafka", "old value");
        String used = store.value(WHOLE);
        source.holds("/kafka", "new value");

        // When
        String next = store.afterFailure(WHOLE, used);

        // Then
        assertThat(next).isEqualTo("new value");
        assertThat(store.value(WHOLE)).isEqualTo("new value");
    }

    @Test
    void aValueThatStaysWrongIsReadAgainOnceInAWhile() {
        // Given
        source.holds("/kafka", "wrong value");
        String used = store.value(WHOLE);

        // When
        for (int call = 0; call < 20; call++) {
            store.afterFailure(WHOLE, used);
        }
        int before = source.reads().size();
        clock.advance(SecretStore.PAUSE);
        store.afterFailure(WHOLE, used);

        // Then
        assertThat(before).isEqualTo(2);
        assertThat(source.reads()).hasSize(3);
    }

    @Test
    void aValueThatSomebodyElseHasReadAgainIsNotReadOnceMore() {
        // Given
        source.holds("/kafka", "old value");
        String used = store.value(WHOLE);
        source.holds("/kafka", "new value");
        store.afterFailure(WHOLE, used);

        // When
        String next = store.afterFailure(WHOLE, used);

        // Then
        assertThat(next).isEqualTo("new value");
        assertThat(source.reads()).hasSize(2);
    }

    @Test
    void aSecretThatCannotBeReadIsAskedForAgainAfterAPause() {
        // Given
        assertThatThrownBy(() -> store.value(WHOLE)).isInstanceOf(SecretException.class);
        source.holds("/kafka", "value");

        // When, Then
        assertThatThrownBy(() -> store.value(WHOLE))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("/kafka");
        clock.advance(SecretStore.PAUSE);
        assertThat(store.value(WHOLE)).isEqualTo("value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "{\"password\": \"hunter2",
                "[\"hunter2\"]",
                "{\"passwort\": \"hunter2\"}",
                "{\"password\": 7}"
            })
    void anErrorNamesReferenceAndKeyAndNeverTheValue(String text) {
        // Given
        source.holds("/kafka", text);

        // When, Then
        assertThatThrownBy(() -> store.value(PASSWORD))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("/kafka")
                .hasNoCause()
                .message()
                .satisfies(message -> assertThat(message).doesNotContain("hunter2"));
    }
}
