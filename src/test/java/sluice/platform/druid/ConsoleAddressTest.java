package sluice.platform.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://druid.example.com, https://druid.example.com/unified-console.html",
        "http://127.0.0.1:8888/, http://127.0.0.1:8888/unified-console.html",
        "https://user:secret@druid.example.com/druid, https://druid.example.com/druid/unified-console.html"
    })
    void theRouterHasTheConsoleIfNothingElseIsSet(URI router, URI expected) {
        // When
        Optional<URI> address = ConsoleAddress.of("main", router, Optional.empty());

        // Then
        assertThat(address).contains(expected);
    }

    @Test
    void theEnvironmentNamesTheAddressThatPeopleCanReach() {
        // Given
        String set = "https://console.example.com/unified-console.html";

        // When
        Optional<URI> address = ConsoleAddress.of("main", URI.create("http://10.0.0.5:8888"), Optional.of(set));

        // Then
        assertThat(address).contains(URI.create(set));
    }

    @Test
    void noneHidesIt() {
        // When
        Optional<URI> address = ConsoleAddress.of("main", URI.create("http://10.0.0.5:8888"), Optional.of("none"));

        // Then
        assertThat(address).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,x",
                "/console",
                "https://user:secret@druid.example.com",
                "a b"
            })
    void whatABrowserShouldNotFollowIsRefused(String set) {
        // When, Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConsoleAddress.of("main", URI.create("http://10.0.0.5:8888"), Optional.of(set)));
    }
}
