package sluice.entry.cli.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.entry.cli.ui.PageGuard.Asked;
import sluice.entry.cli.ui.PageGuard.Refusal;

class PageGuardTest {

    private static final String HOST = "127.0.0.1:8473";
    private static final String ORIGIN = "http://" + HOST;
    private static final String COOKIE = "sluice-8473=secret";

    private final PageGuard guard = new PageGuard(8473, "secret");

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/datasources,        , same-origin",
        "GET, /v1/datasources,        , none",
        "GET, /v1/datasources,        ,",
        "GET, /datasources/a/chunks,  , cross-site",
        "GET, /runs/abc,              , same-site",
        "POST, /v1/runs, http://127.0.0.1:8473, same-origin",
        "POST, /v1/runs, http://localhost:8473, same-origin",
        "POST, /v1/runs, http://127.0.0.1:8473,",
        "DELETE, /v1/datasources/a/holds, , same-origin"
    })
    void thePageItselfAndLinksToItsViewsAreAnswered(String method, String path, String origin, String site) {
        // When
        Optional<Refusal> refusal = guard.refusal(new Asked(method, path, HOST, origin, site, COOKIE));

        // Then
        assertThat(refusal).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/datasources, , cross-site",
        "GET, /v1/datasources, , same-site",
        "GET, /assets/app.js, , cross-site",
        "GET, /datasources/a/chunks, http://evil.example, cross-site",
        "OPTIONS, /v1/runs, http://evil.example, cross-site",
        "POST, /v1/runs, http://evil.example, cross-site",
        "POST, /v1/runs, http://127.0.0.1:9999, same-site",
        "POST, /v1/runs, null, cross-site",
        "POST, /v1/runs, http://evil.example,",
        "POST, /v1/runs, , none",
        "POST, /v1/runs, ,",
        "PUT, /datasources/a/chunks, , cross-site"
    })
    void anotherSiteIsRefusedEvenWithTheKey(String method, String path, String origin, String site) {
        // When
        Optional<Refusal> refusal = guard.refusal(new Asked(method, path, HOST, origin, site, COOKIE));

        // Then
        assertThat(refusal).contains(Refusal.FOREIGN_SITE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:8473",
                "127.0.0.1",
                "127.0.0.1:8474",
                "127.0.0.1.evil.example:8473",
                "localhost.evil.example:8473",
                "0.0.0.0:8473",
                "[::1]:8473",
                ""
            })
    void aNameThatLeadsHereIsNotThisServer(String host) {
        // When
        Optional<Refusal> refusal = guard.refusal(new Asked("GET", "/", host, null, "none", COOKIE));

        // Then
        assertThat(refusal).contains(Refusal.FOREIGN_HOST);
    }

    @Test
    void aRequestWithoutHostIsRefused() {
        // When
        Optional<Refusal> refusal = guard.refusal(new Asked("GET", "/", null, null, null, COOKIE));

        // Then
        assertThat(refusal).contains(Refusal.FOREIGN_HOST);
    }

    @Test
    void namesAreComparedInAnyCase() {
        // When
        Optional<Refusal> refusal = guard.refusal(new Asked("GET", "/", "LocalHost:8473", null, "none", COOKIE));

        // Then
        assertThat(refusal).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sluice-8473=wrong",
                "sluice-8473=",
                "sluice-8473",
                "sluice-9999=secret",
                "other=secret; sluice-8473=secretly",
                "SLUICE-8473=secret"
            })
    void withoutTheKeyOfThisProcessNothingIsAnswered(String cookies) {
        // When
        Optional<Refusal> refusal =
                guard.refusal(new Asked("GET", "/v1/datasources", HOST, null, "same-origin", cookies));

        // Then
        assertThat(refusal).contains(Refusal.NO_KEY);
    }

    @Test
    void withoutCookiesNothingIsAnswered() {
        // When
        Optional<Refusal> refusal = guard.refusal(new Asked("POST", "/v1/runs", HOST, ORIGIN, "same-origin", null));

        // Then
        assertThat(refusal).contains(Refusal.NO_KEY);
    }

    @Test
    void theKeyIsFoundAmongOtherCookies() {
        // When
        Optional<Refusal> refusal =
                guard.refusal(new Asked("GET", "/", HOST, null, "none", "a=b; sluice-8473=secret; c=d"));

        // Then
        assertThat(refusal).isEmpty();
    }

    @Test
    void noScriptReadsTheKeyAndNoOtherSiteSendsIt() {
        assertThat(guard.cookie()).isEqualTo("sluice-8473=secret; Path=/; HttpOnly; SameSite=Lax");
    }
}
