package sluice.core.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.core.contract.Contract;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;

/**
 * Checks the supervisors and the automatic compaction of a definition before Druid is asked: Druid stops a running
 * supervisor and only then finds that it cannot create the new one (apache/druid #18827). Findings point into the
 * definition.
 */
public final class SettingsPreview {

    private SettingsPreview() {}

    /** Returns the findings of generating them, of the contract, and of checking them against each other. */
    public static List<Finding> findings(Definition definition, Contract contract, SpecDefaults defaults) {
        SupervisorGenerator.Result streams = SupervisorGenerator.generate(definition, defaults);
        Optional<GeneratedSpec> compaction = CompactionGenerator.generate(definition, defaults);
        List<Finding> findings = new ArrayList<>(streams.findings());
        for (GeneratedSupervisor supervisor : streams.supervisors()) {
            String stream = "/stream/" + supervisor.stream();
            List<Map.Entry<String, String>> places = List.of(
                    Map.entry("/spec/dataSchema", "/schema"),
                    Map.entry("/spec/ioConfig", stream),
                    Map.entry("/spec", stream),
                    Map.entry("", stream));
            List<Finding> found =
                    new ArrayList<>(contract.check(supervisor.spec().document()));
            compaction.ifPresent(config ->
                    found.addAll(contract.checkTogether(supervisor.spec().document(), config.document())));
            findings.addAll(SpecPreview.located(found, definition, places));
        }
        compaction.ifPresent(config -> findings.addAll(SpecPreview.located(
                contract.check("compactionConfig", config.document()),
                definition,
                List.of(
                        Map.entry("/granularitySpec", "/schema/granularitySpec"),
                        Map.entry("/tuningConfig/partitionsSpec", "/batch/partitions"),
                        Map.entry("", "/compaction")))));
        return findings.stream().distinct().toList();
    }
}
