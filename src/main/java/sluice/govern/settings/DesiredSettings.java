package sluice.govern.settings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.definition.Definition;
import sluice.core.spec.CompactionGenerator;
import sluice.core.spec.GeneratedSpec;
import sluice.core.spec.GeneratedSupervisor;
import sluice.core.spec.LoadRules;
import sluice.core.spec.SpecDefaults;
import sluice.core.spec.SupervisorGenerator;

/**
 * The settings that a definition wants on a cluster.
 *
 * @param definitionHash hash of the definition
 * @param supervisors one per stream
 * @param rules load and drop rules; null if the definition has no retention
 * @param compaction automatic compaction; null if the definition wants none
 */
public record DesiredSettings(
        String definitionHash,
        List<GeneratedSupervisor> supervisors,
        @Nullable ArrayNode rules,
        @Nullable GeneratedSpec compaction) {

    /** What a definition wants on a cluster that it does not name. */
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
