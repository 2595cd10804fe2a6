package sluice.core.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.json.Change;

/** An operation that brings one setting of a cluster in line with a definition. */
public sealed interface SettingsOperation {

    Setting setting();

    /** Returns what is posted; null if nothing is. */
    default @Nullable JsonNode document() {
        return null;
    }

    /** Returns what exists and would be lost; null if nothing is. */
    default @Nullable JsonNode live() {
        return null;
    }

    /** Returns true if the operation changes the cluster. */
    default boolean changesCluster() {
        return true;
    }

    /** The setting does not exist. */
    record Create(Setting setting, JsonNode document) implements SettingsOperation {}

    /** The setting differs; changing it disturbs nobody. */
    record Update(Setting setting, JsonNode document, List<Change> changes) implements SettingsOperation {
        public Update {
            changes = List.copyOf(changes);
        }
    }

    /**
     * A supervisor of Sluice differs. Druid stops its tasks, which publish what they have read, and starts new ones
     * from there.
     *
     * @param live the current supervisor, which is restored if Druid refuses the new one
     */
    record Restart(Setting setting, JsonNode document, List<Change> changes, JsonNode live)
            implements SettingsOperation {
        public Restart {
            changes = List.copyOf(changes);
        }
    }

    /**
     * Something that Sluice did not create exists and differs.
     *
     * @param live the current setting
     */
    record Replace(Setting setting, JsonNode document, List<Change> changes, JsonNode live)
            implements SettingsOperation {
        public Replace {
            changes = List.copyOf(changes);
        }
    }

    /** Sluice created the setting, and the definition no longer wants it. */
    record Remove(Setting setting) implements SettingsOperation {}

    /**
     * There is nothing to do.
     *
     * @param note what the reader should know
     */
    record None(Setting setting, @Nullable String note) implements SettingsOperation {
        @Override
        public boolean changesCluster() {
            return false;
        }
    }
}
