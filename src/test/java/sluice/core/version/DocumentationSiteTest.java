package sluice.core.version;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentationSiteTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/sluice", "https://example.org/sluice/"})
    void aCodeHasAPageOfTheSite(String site) {
        assertThat(new DocumentationSite(site).finding("SLU-1001"))
                .isEqualTo("https://example.org/sluice/findings/SLU-1001.html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "${release.site}", "sluice"})
    void aBuildWithoutASiteHasNoPages(String site) {
        assertThat(new DocumentationSite(site).finding("SLU-1001")).isNull();
    }

    @Test
    void thisBuildHasNoSite() {
        assertThat(DocumentationSite.ofFinding("SLU-1001")).isNull();
    }
}
