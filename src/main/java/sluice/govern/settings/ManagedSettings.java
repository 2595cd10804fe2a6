package sluice.govern.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.TreeSet;
import sluice.core.spec.GeneratedSupervisor;

/**
 * What Sluice has made in a cluster, noted before it is made. Supervisors and compactions carry a mark of their own; this
 * tells where to look for them. Rules have no place for a mark.
 *
 * @param supervisors ids
 * @param rules in the form of {@link RulesForm}, or null where Sluice has set none
 * @param compaction whether Sluice has set an automatic compaction
 * @param version number of the registry's version that all of it was made by, or null where none or a file was
 */
@RegisterForReflection
public record ManagedSettings(List<String> supervisors, JsonNode rules, boolean compaction, Integer version) {

    static final ManagedSettings NOTHING = new ManagedSettings(List.of(), null, false, null);

    public ManagedSettings {
        supervisors = List.copyOf(supervisors);
        rules = rules == null || rules.isNull() ? null : rules;
    }

    boolean isNothing() {
        return supervisors.isEmpty() && rules == null && !compaction;
    }

    /** This, and what is about to be made. */
    ManagedSettings and(DesiredSettings desired) {
        ManagedSettings wanted = all(desired, version);
        TreeSet<String> ids = new TreeSet<>(supervisors);
        ids.addAll(wanted.supervisors);
        return new ManagedSettings(
                List.copyOf(ids),
                wanted.rules == null ? rules : wanted.rules,
                compaction || wanted.compaction,
                version);
    }

    /** What is left once all of it is as it was wanted. */
    static ManagedSettings all(DesiredSettings desired, Integer version) {
        return new ManagedSettings(
                desired.supervisors().stream()
                        .map(GeneratedSupervisor::id)
                        .sorted()
                        .toList(),
                desired.rules() == null ? null : RulesForm.of(desired.rules()),
                desired.compaction() != null,
                version);
    }
}
