package sluice.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeSettingsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "QUARKUS_TLS_DRUID_TRUST_STORE_PEM_CERTS, quarkus.tls",
        "quarkus.tls.druid.trust-store.pem.certs, quarkus.tls",
        "QUARKUS_REST_CLIENT_LOGGING_SCOPE, quarkus.rest-client",
        "_PROD_QUARKUS_LOG_LEVEL, quarkus.log",
        "%prod.quarkus.log.level, quarkus.log",
    })
    void aSettingTouchesThePrefixThatItIsUnder(String name, String prefix) {
        // Given
        RuntimeSettings settings = new RuntimeSettings(Set.of(name), Set.of(), folder);

        // When
        boolean isTouched = settings.touch(prefix);

        // Then
        assertThat(isTouched).isTrue();
    }

    @Test
    void aSettingTouchesNoOtherPrefix() {
        // Given
        RuntimeSettings settings = new RuntimeSettings(Set.of("QUARKUS_FUNQY_EXPORT", "AWS_REGION"), Set.of(), folder);

        // When
        boolean isTouched = settings.touch("quarkus.log");

        // Then
        assertThat(isTouched).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUARKUS_CONFIG_LOCATIONS", "QUARKUS_PROFILE", "smallrye.config.locations"})
    void aNameOfFurtherSourcesMeansThatPropertiesMayComeFromElsewhere(String name) {
        // Given
        RuntimeSettings settings = new RuntimeSettings(Set.of(name), Set.of(), folder);

        // When
        boolean mayComeFromElsewhere = settings.mayComeFromElsewhere();

        // Then
        assertThat(mayComeFromElsewhere).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {".env", ".env-prod", "config/application.properties", "config/application-prod.properties"})
    void aFileMeansThatPropertiesMayComeFromElsewhere(String name) throws IOException {
        // Given
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), "quarkus.log.level=DEBUG");
        RuntimeSettings settings = new RuntimeSettings(Set.of(), Set.of(), folder);

        // When
        boolean mayComeFromElsewhere = settings.mayComeFromElsewhere();

        // Then
        assertThat(mayComeFromElsewhere).isTrue();
    }

    @Test
    void theEnvironmentOfLambdaIsAllThereIs() {
        // Given
        RuntimeSettings settings = new RuntimeSettings(
                Set.of("_HANDLER", "AWS_REGION", "QUARKUS_FUNQY_EXPORT", "SLUICE_TABLE"), Set.of("user.dir"), folder);

        // When
        boolean mayComeFromElsewhere = settings.mayComeFromElsewhere();

        // Then
        assertThat(mayComeFromElsewhere).isFalse();
    }

    @Test
    void aPropertyOfTheCommandLineTouchesThePrefixThatItIsUnder() {
        // Given
        RuntimeSettings settings = new RuntimeSettings(Set.of(), Set.of("quarkus.log.level"), folder);

        // When
        boolean isTouched = settings.touch("quarkus.log");

        // Then
        assertThat(isTouched).isTrue();
    }
}
