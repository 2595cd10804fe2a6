package sluice.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
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
    void aMappingOfOurRootHoldsWhereOnlyOtherPropertiesAreSet() {
        // Given
        ConfigClass mapping = ConfigClass.configClass(Own.class, "sluice");
        PreparedMapping prepared = prepared(mapping).orElseThrow();

        // When
        List<Boolean> holds = List.of(
                prepared.holdsFor(settings("SLUICE_TABLE")),
                prepared.holdsFor(settings("SLUICE_ATTEMPTS")),
                prepared.holdsFor(settings("_PROD_SLUICE_ATTEMPTS")));

        // Then
        assertThat(holds).containsExactly(true, false, false);
    }

    @Test
    void aMappingOfAnotherRootIsNotPrepared() {
        // Given
        ConfigClass mapping = ConfigClass.configClass(Pool.class, "acme.pool");

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

    @ConfigMapping(prefix = "sluice")
    interface Own {
        @WithDefault("3")
        int attempts();
    }

    @ConfigMapping(prefix = "quarkus.home")
    interface Home {
        @WithDefault("${user.home}/sluice")
        String folder();
    }
}
