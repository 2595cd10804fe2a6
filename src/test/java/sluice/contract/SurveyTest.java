package sluice.contract;

import com.fasterxml.jackson.databind.*;
import java.nio.file.*;
import java.util.*;
import org.junit.jupiter.api.Test;

class SurveyTest {
    @Test
    void survey() throws Exception {
        Contract c = Contract.forDruid("33");
        try (Oracle o = new Oracle("33");
                var s = Files.walk(Path.of("../shared/contract/examples"))) {
            for (Path p : s.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                String kind =
                        switch (p.getParent().getFileName().toString()) {
                            case "kafka", "kinesis", "rabbit", "autocompact" -> "supervisor";
                            case "rule", "rules" -> "rules";
                            case "compaction-config" -> "compactionConfig";
                            default -> "task";
                        };
                String t = Files.readString(p);
                if (kind.equals("rules") && !t.strip().startsWith("[")) t = "[" + t + "]";
                var a = o.ask(kind, t);
                System.out.println("== " + p.getParent().getFileName() + "/" + p.getFileName() + " ok=" + a.accepted()
                        + " err=" + a.error() + " dropped=" + a.dropped() + " changed=" + a.changed() + " fails="
                        + a.fails());
                for (Finding f : c.check(t))
                    System.out.println("     " + f.code() + " " + f.severity() + " " + f.pointer() + " " + f.message()
                            + " | " + f.expected() + " | " + f.suggestion());
            }
            var cases = new ObjectMapper()
                    .readTree(Files.readString(Path.of("../shared/contract/preflight-druid-33.json")));
            for (JsonNode x : cases) {
                String t = x.get("spec").asText();
                var a = o.ask("task", t);
                System.out.println("## " + x.get("case").asText() + " " + x.get("submit_status") + "/"
                        + x.get("final").asText() + " ok=" + a.accepted() + " err=" + a.error() + " dropped="
                        + a.dropped() + " changed=" + a.changed() + " fails=" + a.fails());
                for (Finding f : c.check(t))
                    System.out.println("     " + f.code() + " " + f.severity() + " " + f.pointer() + " " + f.message()
                            + " | " + f.expected() + " | " + f.suggestion());
            }
        }
    }
}
