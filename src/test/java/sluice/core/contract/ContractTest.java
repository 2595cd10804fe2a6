package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTest {
    private final Contract contract = Contract.forDruid("33");
    private final String good = Specs.text("index-parallel");

    private List<Finding> check(String text) {
        return contract.check(text).stream()
                .filter(finding -> finding.severity() != Severity.INFO)
                .toList();
    }

    @Test
    void findsNothingWrongWithAGoodSpec() {
        assertThat(check(good)).isEmpty();
    }

    @Test
    void aSecretOfADefinitionStandsForNothingInASpecThatSomebodyWrote() {
        // Given
        String written = good.replace("\"wikipedia\"", "\"${secret:NAME}\"");

        // When
        List<Finding> findings = check(written);
        List<Finding> inYaml = contract.checkYaml("type: kill\ndataSource: a-${secret:NAME_2}\ninterval: 2026/2027\n");

        // Then
        assertThat(written).isNotEqualTo(good);
        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.code()).isEqualTo("SLU-1019");
            assertThat(finding.message()).contains("${secret:NAME}", "a secret of a definition");
            assertThat(finding.line()).isNotNull();
        });
        assertThat(inYaml)
                .anySatisfy(finding -> assertThat(finding.pointer()).isEqualTo("/dataSource"))
                .allSatisfy(finding -> assertThat(finding.code()).isEqualTo("SLU-1019"));
    }

    /** A spec that Sluice generates has them until it is posted. */
    @Test
    void aSecretOfADefinitionIsNoPlaceholderInAGeneratedSpec() throws Exception {
        ObjectNode generated = (ObjectNode) new ObjectMapper().readTree(Specs.text("supervisor-kafka"));
        ((ObjectNode) generated.at("/spec/ioConfig/consumerProperties"))
                .put("sasl.jaas.config", "x password='${secret:KAFKA_PASSWORD}';");

        assertThat(contract.check(generated))
                .noneMatch(finding -> finding.code().equals("SLU-1019"));
    }

    @Test
    void namesTheFieldThatWasMeant() {
        // When
        List<Finding> findings = check(good.replace("maxRowsInMemory", "maxRowInMemory"));

        // Then
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("SLU-1001");
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.pointer()).isEqualTo("/spec/tuningConfig/maxRowInMemory");
            assertThat(finding.suggestion()).contains("maxRowsInMemory");
            assertThat(finding.line()).isEqualTo(37);
            assertThat(finding.column()).isEqualTo(7);
        });
    }

    @Test
    void namesTheTypeThatWasMeant() {
        assertThat(check(good.replace("\"uniform\"", "\"unifrom\"")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("SLU-1005");
                    assertThat(finding.pointer()).isEqualTo("/spec/dataSchema/granularitySpec/type");
                    assertThat(finding.suggestion()).contains("uniform");
                });
    }

    @Test
    void speaksOnlyAboutTheTypeThatWasChosen() {
        assertThat(check(good.replace("\"maxRowsPerSegment\": 5000000", "\"partitionFunction\": \"murmur3_32_abs\"")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.pointer()).isEqualTo("/spec/tuningConfig/partitionsSpec/partitionFunction");
                    assertThat(finding.expected()).contains("maxTotalRows").doesNotContain("partitionDimensions");
                });
    }

    @Test
    void warnsOfNumbersAsText() {
        assertThat(check(good.replace("500000,", "\"500000\",")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("SLU-1008");
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                });
    }

    @Test
    void findsDoubledKeysAndWhatFollowsTheDocument() {
        assertThat(check(good.replace(
                                "\"dataSource\": \"wikipedia\",",
                                "\"dataSource\": \"a\", \"dataSource\": \"wikipedia\",")
                        + " }"))
                .extracting(Finding::code)
                .containsExactly("SLU-3002", "SLU-3003");
    }

    @Test
    void saysWhatIsNoJson() {
        assertThat(check("{\"type\": }")).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("SLU-3001");
            assertThat(finding.line()).isEqualTo(1);
        });
        assertThat(check(" ")).extracting(Finding::code).containsExactly("SLU-3004");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF", "// nothing", "\"type\": \"kill\"}", "\u201C{\"type\": \"kill\"}", "[1, 2", "'"})
    void aTextOfAnyKindHasAnAnswer(String text) {
        assertThat(check(text)).extracting(Finding::code).anyMatch(code -> code.startsWith("SLU-3"));
    }

    @Test
    void knowsWhichExtensionATypeNeeds() {
        String parquet = good.replace(
                "{\"type\": \"json\", \"flattenSpec\": {\"useFieldDiscovery\": true, \"fields\": "
                        + "[{\"type\": \"path\", \"name\": \"city\", \"expr\": \"$.geo.city\"}]}}",
                "{\"type\": \"parquet\"}");
        assertThat(check(parquet)).isEmpty();
        assertThat(contract.loading(Set.of("druid-s3-extensions")).check(parquet))
                .extracting(Finding::code)
                .containsExactly("SLU-1014");
    }

    @Test
    void refusesAVersionThatItDoesNotKnow() {
        assertThatThrownBy(() -> Contract.forDruid("12")).hasMessageContaining("33, 34, 35, 36, 37, 38");
    }
}
