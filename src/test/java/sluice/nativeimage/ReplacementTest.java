package sluice.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplacementTest {

    private static final String ORIGINAL = "io.quarkus.arc.impl.Qualifiers";

    @ParameterizedTest
    @CsvSource({
        // Neither property is given.
        ", '', true",
        "false, '', true",
        // Maven passes a property without a value as true, the builder as an empty text.
        "true, '', false",
        "'', '', false",
        ", io.quarkus.arc.impl.Qualifiers, false",
        ", io.quarkus.arc, false",
        ", io.vertx:io.quarkus.arc.impl.Qualifiers, false",
        ", io.vertx:io.netty, true",
        ", :, true",
    })
    void aMethodIsReplacedUnlessTheBuildSaysOtherwise(String plain, String without, boolean isReplaced) {
        // Given
        Replacement replacement = new Replacement(plain, without);

        // When
        boolean isWanted = replacement.test(ORIGINAL);

        // Then
        assertThat(isWanted).isEqualTo(isReplaced);
    }
}
