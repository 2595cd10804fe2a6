package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;

/** Specs that the contract finds no error in really run on Druid, and load their rows. */
@ExtendWith(SandboxExtension.class)
class AcceptedSpecsIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int SAMPLE = 12;

    @Test
    void runAndLoadTheirRows(Sandbox sandbox) throws JsonProcessingException {
        // Given
        List<ObjectNode> accepted = accepted();
        assertThat(accepted).hasSize(SAMPLE);

        for (int number = 0; number < SAMPLE; number++) {
            ObjectNode spec = accepted.get(number);
            String id = "contract_" + number;
            spec.put("id", id);
            ((ObjectNode) spec.at("/spec/dataSchema")).put("dataSource", id);

            // When
            HttpResponse<String> answer = sandbox.druid().post("/druid/indexer/v1/task", spec.toString());

            // Then
            assertThat(answer.statusCode()).as("%s: %s", spec, answer.body()).isEqualTo(200);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> !sandbox.druid().taskState(id).equals("RUNNING"));
            assertThat(sandbox.druid().taskState(id)).as("%s", spec).isEqualTo("SUCCESS");
            assertThat(sandbox.druid()
                            .get("/druid/indexer/v1/task/" + id + "/reports")
                            .body())
                    .as("%s", spec)
                    .containsPattern("\"processed\"\\s*:\\s*1\\b");
        }
    }

    /** Different from each other, and without an error: what was spoiled made no difference to Druid. */
    private static List<ObjectNode> accepted() throws JsonProcessingException {
        JsonNode good = MAPPER.readTree(Specs.text("index-parallel"));
        Contract contract = Contract.forDruid("33");
        List<ObjectNode> accepted = new ArrayList<>(List.of(good.deepCopy()));
        for (long seed = 1; accepted.size() < SAMPLE; seed++) {
            Mutations.Mutant mutant = new Mutations(seed).of(good);
            // Another column, interval or filter loads no rows, as it should: that is not what is tried here.
            boolean sameRows =
                    mutant.what().contains("tuningConfig") || mutant.what().contains("metricsSpec");
            if (sameRows
                    && contract.check(mutant.document()).stream()
                            .noneMatch(finding -> finding.severity() == Severity.ERROR)) {
                accepted.add(mutant.document().deepCopy());
            }
        }
        return accepted;
    }
}
