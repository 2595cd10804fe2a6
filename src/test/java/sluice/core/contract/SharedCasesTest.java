package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Specs with one mistake each and a real server's verdict: where they are at hand. */
class SharedCasesTest {
    private static final Path FOLDER = Path.of("../shared/contract");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Contract contract = Contract.forDruid("33");

    @Test
    void findsWhatTheServerRefusedFailedOrLost() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), "no labelled cases at hand");
        Exceptions exceptions = Exceptions.read();
        List<String> missed = new ArrayList<>();
        int bad = 0;
        for (JsonNode labelled :
                MAPPER.readTree(FOLDER.resolve("preflight-druid-33.json").toFile())) {
            String name = labelled.path("case").asText();
            boolean loaded = !name.contains("not loaded");
            List<Finding> findings = (loaded ? contract : contract.loading(java.util.Set.of("druid-datasketches")))
                    .check(labelled.path("spec").asText());
            boolean refused = labelled.path("submit_status").asInt() >= 400;
            boolean failed = "FAILED".equals(labelled.path("final").asText());
            if (refused || failed) {
                bad++;
                if (!Finding.anyError(findings) && !exceptions.lists("labelled", name)) {
                    missed.add(name);
                }
            } else if (name.contains("unknown") && findings.isEmpty() && !exceptions.lists("labelled", name)) {
                missed.add(name);
            }
        }
        System.out.println("labelled cases that Druid 33 refused or failed: " + bad + ", missed: " + missed);
        assertThat(missed).isEmpty();
    }
}
