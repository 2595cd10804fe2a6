package sluice.govern.settings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Definition;
import sluice.core.definition.Retention;
import sluice.core.spec.CompactionGenerator;
import sluice.core.spec.GeneratedSpec;
import sluice.core.spec.GeneratedSupervisor;
import sluice.core.spec.LoadRules;
import sluice.core.spec.SpecDefaults;
import sluice.core.spec.SupervisorGenerator;
import sluice.ingest.hold.Hold;

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

    /**
     * Returns the settings with a load rule for each hold, before all others: {@code keep} moves on, and the coordinator would
     * drop what is on hold.
     */
    DesiredSettings holding(@Nullable Retention retention, List<Hold> holds) {
        if (holds.isEmpty()) {
            return this;
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        holds.forEach(hold ->
                all.add(LoadRules.loadByInterval(retention, new TimeChunk(hold.start(), hold.end()).interval())));
        if (rules != null) {
            all.addAll(rules);
        }
        return new DesiredSettings(definitionHash, supervisors, all, compaction);
    }

    public boolean isNothing() {
        return supervisors.isEmpty() && rules == null && compaction == null;
    }
}
