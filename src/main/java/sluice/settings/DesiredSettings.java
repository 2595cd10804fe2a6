package sluice.settings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import sluice.definition.Definition;
import sluice.retention.LoadRules;
import sluice.spec.CompactionGenerator;
import sluice.spec.GeneratedSpec;
import sluice.spec.GeneratedSupervisor;
import sluice.spec.SpecDefaults;
import sluice.spec.SupervisorGenerator;

/**
 * What a definition wants a cluster to have for its datasource.
 *
 * @param definitionHash hash of the definition
 * @param supervisors one for each stream
 * @param rules load and drop rules, or null where the definition says nothing of retention
 * @param compaction automatic compaction, or null where it wants none
 */
public record DesiredSettings(
        String definitionHash, List<GeneratedSupervisor> supervisors, ArrayNode rules, GeneratedSpec compaction) {

    /** What a cluster should have that a definition does not name any more. */
    static final DesiredSettings NOTHING = new DesiredSettings("", List.of(), null, null);

    public DesiredSettings {
        supervisors = List.copyOf(supervisors);
    }

    public static DesiredSettings of(Definition definition, SpecDefaults defaults) {
        return new DesiredSettings(
                definition.hash(),
                SupervisorGenerator.generate(definition, defaults).supervisors(),
                definition.retention() == null ? null : LoadRules.of(definition.retention()),
                CompactionGenerator.generate(definition, defaults).orElse(null));
    }

    public boolean isNothing() {
        return supervisors.isEmpty() && rules == null && compaction == null;
    }
}
