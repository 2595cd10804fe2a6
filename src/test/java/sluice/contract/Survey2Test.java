package sluice.contract;

import com.fasterxml.jackson.databind.*;
import java.nio.file.*;
import java.util.*;
import org.junit.jupiter.api.Test;

class Survey2Test {
    @Test
    void survey() throws Exception {
        String v = System.getProperty("druid", "33");
        Contract c = Contract.forDruid(v);
        ObjectMapper m = new ObjectMapper();
        int refused = 0, refusedMissed = 0, kept = 0, keptFalse = 0, dropped = 0, droppedMissed = 0, n = 0;
        Map<String, Integer> seen = new TreeMap<>();
        try (Oracle o = new Oracle(v);
                var s = Files.list(Specs.FOLDER)) {
            for (Path p : s.sorted().toList()) {
                String name = p.getFileName().toString();
                if (name.contains("kinesis")
                        || v.equals("37")
                                && (name.contains("kafka") || name.contains("range") || name.contains("druid")))
                    continue;
                String kind = name.startsWith("supervisor")
                        ? "supervisor"
                        : name.startsWith("rules")
                                ? "rules"
                                : name.startsWith("compaction") ? "compactionConfig" : "task";
                JsonNode good = m.readTree(p.toFile());
                for (int i = 0; i < Integer.getInteger("per", 250); i++) {
                    var mu = i == 0
                            ? new Mutations.Mutant("none", good)
                            : new Mutations(i * 31L + name.hashCode()).of(good);
                    String t = mu.document().toString();
                    var a = o.ask(kind, t);
                    List<Finding> f = c.check(kind, mu.document());
                    boolean e = Finding.anyError(f);
                    n++;
                    if (a.refused()) {
                        refused++;
                        if (!e) {
                            refusedMissed++;
                            say(seen, "MISSED " + name + " " + mu.what() + " :: " + a.error() + " / " + a.fails());
                        }
                    }
                    if (a.keptWhole()) {
                        kept++;
                        if (e) {
                            keptFalse++;
                            say(
                                    seen,
                                    "FALSE " + name + " " + mu.what() + " :: "
                                            + f.stream()
                                                    .filter(x -> x.severity() == Severity.ERROR)
                                                    .map(x -> x.code() + " " + x.pointer() + " " + x.message() + " | "
                                                            + x.expected())
                                                    .toList());
                        }
                    }
                    if (!a.dropped().isEmpty()) {
                        dropped++;
                        if (!e) {
                            droppedMissed++;
                            say(seen, "DROPPED " + name + " " + mu.what() + " :: " + a.dropped());
                        }
                    }
                }
            }
        }
        System.out.printf(
                "TOTAL %d refused %d missed %d; kept %d false %d; dropped %d missed %d%n",
                n, refused, refusedMissed, kept, keptFalse, dropped, droppedMissed);
    }

    void say(Map<String, Integer> seen, String s) {
        if (seen.merge(s, 1, Integer::sum) == 1) System.out.println(s.length() > 330 ? s.substring(0, 330) : s);
    }
}
