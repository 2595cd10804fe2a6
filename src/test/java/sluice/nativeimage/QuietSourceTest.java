package sluice.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;

class QuietSourceTest {

    private static final ConfigSource SOURCE = new PropertiesConfigSource(
            Map.of("quarkus.pool.name", "main", "quarkus.pool-size", "3", "sluice.table", "sluice"), "recorded", 250);

    @Test
    void aNameOfQuarkusIsNotListedButHasItsValue() {
        // Given
        QuietSource quiet = QuietSource.of(SOURCE);

        // When
        SmallRyeConfig config = config(quiet);

        // Then
        assertThat(config.getPropertyNames()).containsExactly("sluice.table");
        assertThat(config.getValue("quarkus.pool.name", String.class)).isEqualTo("main");
    }

    @Test
    void namesUnderAPrefixAreListed() {
        // Given
        QuietSource quiet = QuietSource.of(SOURCE);

        // When
        SmallRyeConfig config = config(quiet.listing(List.of("quarkus.pool", "quarkus.other")));

        // Then
        assertThat(config.getPropertyNames()).containsExactlyInAnyOrder("sluice.table", "quarkus.pool.name");
    }

    @Test
    void itKeepsTheOrdinalOfTheSource() {
        // Given
        ConfigSource above = new PropertiesConfigSource(Map.of("quarkus.pool.name", "other"), "above", 251);

        // When
        SmallRyeConfig config = config(QuietSource.of(SOURCE), above);

        // Then
        assertThat(config.getValue("quarkus.pool.name", String.class)).isEqualTo("other");
    }

    /** Quarkus warns of a deprecated property unless its value is a default. */
    @Test
    void aDefaultIsNoSetting() {
        // Given
        Map<String, String> defaults = Map.of("quarkus.pool.name", "main");

        // When
        SmallRyeConfig config = config(QuietSource.ofDefaults(defaults).listing(List.of("quarkus.pool")));

        // Then
        assertThat(config.getConfigValue("quarkus.pool.name").getValue()).isEqualTo("main");
        assertThat(config.getConfigValue("quarkus.pool.name").isDefault()).isTrue();
    }

    private static SmallRyeConfig config(ConfigSource... sources) {
        return new SmallRyeConfigBuilder().withSources(sources).build();
    }
}
