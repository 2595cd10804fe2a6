package sluice.govern.settings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import sluice.core.definition.Definition;
import sluice.core.spec.CompactionGenerator;
import sluice.core.spec.GeneratedSpec;
import sluice.core.spec.GeneratedSupervisor;
import sluice.core.spec.LoadRules;
import sluice.core.spec.SpecDefaults;
import sluice.core.spec.SupervisorGenerator;

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
