package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.core.definition.Definition;
import sluice.core.definition.Definitions;
import sluice.core.spec.CompactionGenerator;
import sluice.core.spec.LoadRules;
import sluice.core.spec.SpecDefaults;
import sluice.core.spec.SupervisorGenerator;

/** Druid's own deserialiser takes what is generated of a definition beside tasks, and drops nothing of it. */
class GeneratedSettingsIT {

    /** Written because the documentation has it; Druid takes the type from the supervisor. */
    private static final String TYPE_OF_IO_CONFIG = "/spec/ioConfig/type";

    @Test
    void druidTakesSupervisorsRulesAndCompaction() throws IOException {
        // Given
        Definition definition = Definitions.of(Definitions.WIKIPEDIA);
        Map<String, JsonNode> documents = Map.of(
                "supervisor",
                SupervisorGenerator.generate(definition, SpecDefaults.STANDARD)
                        .supervisors()
                        .get(0)
                        .bound(definition.hash()),
                "rules",
                LoadRules.of(definition.retention()),
                "compactionConfig",
                CompactionGenerator.bound(
                        CompactionGenerator.generate(definition, SpecDefaults.STANDARD)
                                .orElseThrow(),
                        definition.hash()));

        // When
        Oracle oracle = Oracle.of("33");
        for (Map.Entry<String, JsonNode> document : documents.entrySet()) {
            Oracle.Answer answer =
                    oracle.ask(document.getKey(), document.getValue().toString());

            // Then
            assertThat(answer.accepted())
                    .as("%s: %s", document.getKey(), answer.error())
                    .isTrue();
            assertThat(answer.dropped()).isSubsetOf(List.of(TYPE_OF_IO_CONFIG));
        }
    }
}
