package sluice.govern.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import sluice.core.spec.GeneratedSupervisor;

/**
 * The settings that Sluice has created on a cluster, stored before they are created. Supervisors and compactions carry
 * their own mark; this record says where to look for them. Rules have no place for a mark.
 *
 * @param supervisors ids of supervisors
 * @param rules rules in the form of {@link RulesForm}; null if Sluice has set none
 * @param compaction whether Sluice has set an automatic compaction
 * @param version number of the registry's version that all of it comes from; null for none or a file
 */
@RegisterForReflection
public record ManagedSettings(
        List<String> supervisors, @Nullable JsonNode rules, boolean compaction, @Nullable Integer version) {

    static final ManagedSettings NOTHING = new ManagedSettings(List.of(), null, false, null);

    public ManagedSettings {
        supervisors = List.copyOf(supervisors);
        rules = rules == null || rules.isNull() ? null : rules;
    }

    boolean isNothing() {
        return supervisors.isEmpty() && rules == null && !compaction;
    }

    /** Returns these settings and those that are about to be created. */
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

    /** Returns what is managed once the cluster matches. */
    static ManagedSettings all(DesiredSettings desired, @Nullable Integer version) {
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
