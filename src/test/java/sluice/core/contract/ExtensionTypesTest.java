package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionTypesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path SPEC = Path.of("src/test/resources/field/own-transform.json");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"transform\": \"loadedAt\"}",
                "{\"transform\": [\"other\", \"loadedAt\"]}",
                "{\"transform\": {\"loadedAt\": \"anything\"}}",
                "{\"transform\": {\"loadedAt\": {\"properties\": {\"name\": {\"type\": \"string\"}, \"zone\": {}},"
                        + " \"required\": [\"name\"], \"additionalProperties\": false}}}"
            })
    void aDeclaredTypeIsAccepted(String declaration) throws IOException {
        // When
        List<Finding> findings = contract(declaration).check(Files.readString(SPEC));

        // Then
        assertThat(findings).noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"additionalProperties\": false, \"properties\": {\"name\": {}}}|SLU-1001|/spec/dataSchema/transformSpec/transforms/0/zone",
                "{\"properties\": {\"zone\": {\"type\": \"integer\"}}}|SLU-1003|/spec/dataSchema/transformSpec/transforms/0/zone",
                "{\"required\": [\"column\"]}|SLU-1002|/spec/dataSchema/transformSpec/transforms/0"
            })
    void theSchemaOfADeclaredTypeIsChecked(String schema, String code, String pointer) throws IOException {
        // When
        List<Finding> findings =
                contract("{\"transform\": {\"loadedAt\": " + schema + "}}").check(Files.readString(SPEC));

        // Then
        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo(code);
            assertThat(finding.pointer()).isEqualTo(pointer);
        });
    }

    @Test
    void anUndeclaredTypeSaysHowToDeclareIt() throws IOException {
        // When
        List<Finding> findings = Contract.forDruid("33").check(Files.readString(SPEC));

        // Then
        assertThat(findings)
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("SLU-1005");
                    assertThat(finding.suggestion()).contains("--extension", "transform: loadedAt");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"transfrom\": \"a\"}",
                "{\"transform\": 3}",
                "{\"transform\": {\"a\": 3}}",
                "{\"transform\": {\"a\": {\"oneOf\": []}}}"
            })
    void whatIsNoDeclarationIsRefused(String declaration) throws JsonProcessingException {
        // Given
        var document = MAPPER.readTree(declaration);

        // Then
        assertThatThrownBy(() -> ExtensionTypes.of(List.of(document))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Contract contract(String declaration) throws JsonProcessingException {
        return Contract.forDruid("33").with(ExtensionTypes.of(List.of(MAPPER.readTree(declaration))));
    }
}
