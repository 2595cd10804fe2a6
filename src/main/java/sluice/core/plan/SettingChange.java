package sluice.core.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sluice.core.json.Change;
import sluice.core.json.Secrets;

/**
 * A {@link SettingsOperation} for display in plans, events and the state: secrets are hidden.
 *
 * @param operation create, update, restart, replace, remove or none
 * @param kind supervisor, rules or compaction
 * @param id the supervisor's id; otherwise the datasource's name
 * @param restart whether running tasks are stopped and started again
 * @param changes the differences between the live setting and the wanted one
 * @param document what is created; null for other operations
 * @param note what the reader should know
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SettingChange(
        String operation,
        String kind,
        String id,
        boolean restart,
        List<Change> changes,
        @Nullable JsonNode document,
        @Nullable String note) {

    /** Returns true if the operation changes the cluster. */
    public boolean changesCluster() {
        return !operation.equals("none");
    }

    public static SettingChange of(SettingsOperation operation) {
        Setting setting = operation.setting();
        boolean tasks = setting.kind() == Setting.Kind.SUPERVISOR;
        if (operation instanceof SettingsOperation.Create create) {
            return of("create", setting, false, List.of(), Secrets.hidden(create.document()), null);
        } else if (operation instanceof SettingsOperation.Update update) {
            return of("update", setting, false, update.changes(), null, null);
        } else if (operation instanceof SettingsOperation.Restart restart) {
            return of("restart", setting, true, restart.changes(), null, null);
        } else if (operation instanceof SettingsOperation.Replace replace) {
            String note = "Sluice did not create the existing one and takes it over";
            return of("replace", setting, tasks, replace.changes(), null, note);
        } else if (operation instanceof SettingsOperation.None none) {
            return of("none", setting, false, List.of(), null, none.note());
        }
        return of("remove", setting, tasks, List.of(), null, null);
    }

    private static SettingChange of(
            String operation,
            Setting setting,
            boolean restart,
            List<Change> changes,
            @Nullable JsonNode document,
            @Nullable String note) {
        return new SettingChange(
                operation,
                setting.kind().name().toLowerCase(Locale.ROOT),
                setting.id(),
                restart,
                Secrets.hidden(changes),
                document,
                note);
    }

    public SettingChange noted(String newNote) {
        return new SettingChange(operation, kind, id, restart, changes, document, newNote);
    }

    /** Returns a copy without the document, for a record of what was done. */
    public SettingChange withoutDocument() {
        return new SettingChange(operation, kind, id, restart, changes, null, note);
    }

    /** Returns a short form for a log or a list. */
    public String summary() {
        return operation + " " + kind + " " + id;
    }
}
