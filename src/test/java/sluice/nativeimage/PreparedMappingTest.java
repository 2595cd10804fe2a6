package sluice.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PreparedMappingTest {

    private static final ConfigClass POOL = ConfigClass.configClass(Pool.class, "quarkus.pool");

    @Test
    void holdsWhereNothingOfItIsSet() {
        // Given
        PreparedMapping prepared = prepared(POOL).orElseThrow();

        // When
        boolean holds = prepared.holdsFor(settings("QUARKUS_FUNQY_EXPORT"));

        // Then
        assertThat(holds).isTrue();
    }

    @Test
    void doesNotHoldWhereAPropertyOfItIsSet() {
        // Given
        PreparedMapping prepared = prepared(POOL).orElseThrow();

        // When
        boolean holds = prepared.holdsFor(settings("QUARKUS_POOL_NAME"));

        // Then
        assertThat(holds).isFalse();
    }

    @Test
    void doesNotHoldWhereAPropertyIsSetThatADefaultOfItNames() {
        // Given
        PreparedMapping prepared = prepared(POOL).orElseThrow();

        // When
        boolean holds = prepared.holdsFor(settings("QUARKUS_THREAD_POOL_MAX_THREADS"));

        // Then
        assertThat(holds).isFalse();
    }

    @Test
    void aDefaultThatNamesSomethingOfTheProcessCannotBePrepared() {
        // Given
        ConfigClass mapping = ConfigClass.configClass(Home.class, "quarkus.home");

        // When
        Optional<PreparedMapping> prepared = prepared(mapping);

        // Then
        assertThat(prepared).isEmpty();
    }

    @Test
    void ourOwnMappingsAreNotPrepared() {
        // Given
        ConfigClass mapping = ConfigClass.configClass(Pool.class, "sluice.pool");

        // When
        Optional<PreparedMapping> prepared = prepared(mapping);

        // Then
        assertThat(prepared).isEmpty();
    }

    private static Optional<PreparedMapping> prepared(ConfigClass mapping) {
        return PreparedMapping.of(mapping, "instance", mapping.getProperties());
    }

    private static RuntimeSettings settings(String name) {
        return new RuntimeSettings(Set.of(name), Set.of(), Path.of("nowhere"));
    }

    @ConfigMapping(prefix = "quarkus.pool")
    interface Pool {
        @WithDefault("main")
        String name();

        @WithDefault("${quarkus.thread-pool.max-threads:20}")
        int size();
    }

    @ConfigMapping(prefix = "quarkus.home")
    interface Home {
        @WithDefault("${user.home}/sluice")
        String folder();
    }
}
