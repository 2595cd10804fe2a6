package sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that is built, tested with, or run by default has an open licence. */
class LicencesTest {

    private static Stream<Path> jars() {
        return Arrays.stream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .map(Path::of);
    }

    @Test
    void everyJarOfFunctionsCommandLineAndTestsHasAnOpenLicence() {
        // When
        List<String> notOpen = new Licences().notOpen(jars());

        // Then
        assertThat(jars().filter(jar -> jar.toString().contains("software/amazon")))
                .as("jars that are looked at")
                .hasSizeGreaterThan(10);
        assertThat(notOpen).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "The Apache Software License Version 2.0, true",
        "BSD-3-Clause, true",
        "'GPL2 w/ CPE', false",
        "GNU General Public License with Classpath Exception, true",
        "Business Source License 1.1, false",
        "Server Side Public License, false",
        "Elastic License 2.0, false",
        "Amazon Software License, false",
        "Commons Clause, false",
        "'', false"
    })
    void aLicenceIsOpenIfTheOpenSourceInitiativeApprovedIt(String name, boolean isOpen) {
        assertThat(Licences.isOpen(name)).isEqualTo(isOpen);
    }
}
