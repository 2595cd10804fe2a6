package sluice.platform.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterContractsTest {

    private static final String SPEC = "{\"type\": \"hourly\", \"dataSource\": \"a\"}";

    @ParameterizedTest
    @ValueSource(strings = {"{task: hourly}", "task: [hourly, daily]", "{\"task\": {\"hourly\": \"anything\"}}"})
    void declaredTypesAreKnownInEveryVersion(String declared) {
        // Given
        ClusterContracts contracts = new ClusterContracts("SLUICE_CLUSTERS_MAIN_DRUID_EXTENSIONS", declared);

        // Then
        assertThat(contracts.of("33").check(SPEC)).isEmpty();
        assertThat(contracts.of("37").check(SPEC)).isEmpty();
        assertThat(contracts.of("33")).isSameAs(contracts.of("33"));
    }

    @Test
    void withoutADeclarationATypeIsUnknown() {
        // Given
        ClusterContracts contracts = new ClusterContracts("SLUICE_CLUSTERS_MAIN_DRUID_EXTENSIONS", " ");

        // Then
        assertThat(contracts.of("33").check(SPEC)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{transfrom: a}",
                "[a]",
                "{task: {hourly: {properties: 7}}}",
                "{task: {hourly: {properties: {a: 7}}}}",
                "{task: {hourly: {required: a}}}",
                "{task: {hourly: {properties: {a: {pattern: '['}}}}}",
                "{task: {hourly: {properties: {a: {minLength: many}}}}}",
                "{task: [",
                "a: &a [*a]"
            })
    void whatIsNoDeclarationNamesTheSetting(String declared) {
        assertThatThrownBy(() -> new ClusterContracts("SLUICE_CLUSTERS_MAIN_DRUID_EXTENSIONS", declared))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("SLUICE_CLUSTERS_MAIN_DRUID_EXTENSIONS: ");
    }
}
