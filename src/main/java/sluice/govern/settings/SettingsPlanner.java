package sluice.govern.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import sluice.core.json.Change;
import sluice.core.json.JsonDifference;
import sluice.core.plan.Setting;
import sluice.core.plan.Setting.Kind;
import sluice.core.plan.SettingsOperation;
import sluice.core.spec.CompactionGenerator;
import sluice.core.spec.GeneratedSupervisor;
import sluice.core.spec.SettingsMarks;

/**
 * Plans the operations that turn live settings into desired ones. Equal settings are never posted: posting the same
 * supervisor restarts it (apache/druid #17707), and an entry in Druid's audit log should mean a change.
 */
public final class SettingsPlanner {

    private SettingsPlanner() {}

    /**
     * Returns the operations in the order of their execution; removals come last.
     *
     * @param applied what Sluice manages on the cluster
     */
    public static List<SettingsOperation> plan(
            String datasource, DesiredSettings desired, LiveSettings live, ManagedSettings applied) {
        List<SettingsOperation> operations = new ArrayList<>();
        rules(datasource, desired, live, applied).ifPresent(operations::add);
        compaction(datasource, desired, live).ifPresent(operations::add);
        Set<String> wanted = new TreeSet<>();
        for (GeneratedSupervisor supervisor : desired.supervisors()) {
            wanted.add(supervisor.id());
            ObjectNode there = live.supervisors().get(supervisor.id());
            String owner = there == null ? datasource : owner(there, datasource);
            // From Druid 34 on, a supervisor replaces any other with its id.
            operations.add(
                    owner.equals(datasource)
                            ? supervisor(supervisor, desired.definitionHash(), there)
                            : new SettingsOperation.None(
                                    new Setting(Kind.SUPERVISOR, supervisor.id()),
                                    "the supervisor '" + supervisor.id() + "' feeds the datasource '" + owner
                                            + "' and is not replaced: choose another id"));
        }
        live.supervisors().forEach((id, supervisor) -> {
            if (!wanted.contains(id) && owner(supervisor, datasource).equals(datasource)) {
                Setting setting = new Setting(Kind.SUPERVISOR, id);
                operations.add(
                        isOurs(supervisor.path("context"))
                                ? new SettingsOperation.Remove(setting)
                                : left(setting, "the definition has no such stream"));
            }
        });
        return List.copyOf(operations);
    }

    /** Returns the datasource that a supervisor feeds; the other name if it does not say. */
    private static String owner(ObjectNode supervisor, String otherwise) {
        String named = supervisor.at("/spec/dataSchema/dataSource").asText();
        String old = supervisor.at("/dataSchema/dataSource").asText();
        return !named.isEmpty() ? named : !old.isEmpty() ? old : otherwise;
    }

    private static SettingsOperation supervisor(
            GeneratedSupervisor desired, String definitionHash, @Nullable ObjectNode live) {
        Setting setting = new Setting(Kind.SUPERVISOR, desired.id());
        ObjectNode document = desired.bound(definitionHash);
        if (live == null) {
            return new SettingsOperation.Create(setting, document);
        }
        boolean asPosted = SettingsMarks.specHash(live.path("context"))
                .filter(desired.spec().hash()::equals)
                .isPresent();
        List<Change> changes =
                changes(SupervisorForm.of(live), SupervisorForm.of(document), SupervisorDefaults.SUPERVISOR, asPosted);
        boolean suspended = live.path("suspended").asBoolean();
        if (changes.isEmpty()) {
            return new SettingsOperation.None(setting, suspended ? "it is suspended, and stays so" : null);
        }
        if (suspended) {
            document.put("suspended", true);
        }
        if (SupervisorForm.isScaled(document) && SupervisorForm.isScaled(live)) {
            document.withObject("/spec/ioConfig")
                    .set("taskCount", live.at("/spec/ioConfig/taskCount").deepCopy());
        }
        return isOurs(live.path("context"))
                ? new SettingsOperation.Restart(setting, document, changes, live)
                : new SettingsOperation.Replace(setting, document, changes, live);
    }

    private static List<Change> changes(ObjectNode there, ObjectNode wanted, JsonNode defaults, boolean asPosted) {
        SupervisorDefaults.reduce(there, wanted, defaults);
        return JsonDifference.between(there, wanted).stream()
                .filter(change -> !asPosted
                        || change.kind() != Change.Kind.ADDED
                        || SupervisorDefaults.isReturned(change.pointer(), defaults))
                .toList();
    }

    private static Optional<SettingsOperation> rules(
            String datasource, DesiredSettings desired, LiveSettings live, ManagedSettings applied) {
        Setting setting = new Setting(Kind.RULES, datasource);
        ArrayNode there = RulesForm.of(live.rules());
        if (desired.rules() == null) {
            if (applied.rules() == null || there.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    there.equals(applied.rules())
                            ? new SettingsOperation.Remove(setting)
                            : left(setting, "the definition has no retention any more, and they were changed since"));
        }
        ArrayNode wanted = RulesForm.of(desired.rules());
        if (there.equals(wanted)) {
            return Optional.of(new SettingsOperation.None(setting, null));
        }
        return Optional.of(
                there.isEmpty()
                        ? new SettingsOperation.Create(setting, desired.rules())
                        : new SettingsOperation.Update(
                                setting, desired.rules(), JsonDifference.between(there, wanted)));
    }

    private static Optional<SettingsOperation> compaction(
            String datasource, DesiredSettings desired, LiveSettings live) {
        Setting setting = new Setting(Kind.COMPACTION, datasource);
        ObjectNode there = live.compaction();
        if (desired.compaction() == null) {
            return Optional.ofNullable(there)
                    .map(config -> isOurs(config.path("taskContext"))
                            ? new SettingsOperation.Remove(setting)
                            : left(setting, "the definition wants no automatic compaction"));
        }
        ObjectNode document = CompactionGenerator.bound(desired.compaction(), desired.definitionHash());
        if (there == null) {
            return Optional.of(new SettingsOperation.Create(setting, document));
        }
        boolean asPosted = SettingsMarks.specHash(there.path("taskContext"))
                .filter(desired.compaction().hash()::equals)
                .isPresent();
        List<Change> changes =
                changes(CompactionForm.of(there), CompactionForm.of(document), SupervisorDefaults.COMPACTION, asPosted);
        if (changes.isEmpty()) {
            return Optional.of(new SettingsOperation.None(setting, null));
        }
        return Optional.of(
                isOurs(there.path("taskContext"))
                        ? new SettingsOperation.Update(setting, document, changes)
                        : new SettingsOperation.Replace(setting, document, changes, there));
    }

    private static SettingsOperation left(Setting setting, String why) {
        return new SettingsOperation.None(setting, why + ", but it is not of Sluice's making and stays");
    }

    private static boolean isOurs(JsonNode context) {
        return SettingsMarks.specHash(context).isPresent();
    }
}
