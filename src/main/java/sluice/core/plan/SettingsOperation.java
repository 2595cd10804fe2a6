package sluice.core.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.json.Change;

/** What has to be done so that a cluster has one setting as a definition wants it. */
public sealed interface SettingsOperation {

    Setting setting();

    /** What is to be posted, or null where nothing is. */
    default @Nullable JsonNode document() {
        return null;
    }

    /** What stands there and would be lost, or null. */
    default @Nullable JsonNode live() {
        return null;
    }

    /** Whether it would change the cluster. */
    default boolean changesCluster() {
        return true;
    }

    /** It is not there. */
    record Create(Setting setting, JsonNode document) implements SettingsOperation {}

    /** It is another one; changing it disturbs nobody. */
    record Update(Setting setting, JsonNode document, List<Change> changes) implements SettingsOperation {
        public Update {
            changes = List.copyOf(changes);
        }
    }

    /**
     * A supervisor of Sluice's that is another one. Druid ends its tasks, which publish what they have read, and starts new
     * ones where they stopped.
     *
     * @param live as it is, to be put back if Druid refuses the new one
     */
    record Restart(Setting setting, JsonNode document, List<Change> changes, JsonNode live)
            implements SettingsOperation {
        public Restart {
            changes = List.copyOf(changes);
        }
    }

    /**
     * Something that somebody else made stands in the place, and is another one.
     *
     * @param live as it is
     */
    record Replace(Setting setting, JsonNode document, List<Change> changes, JsonNode live)
            implements SettingsOperation {
        public Replace {
            changes = List.copyOf(changes);
        }
    }

    /** Sluice made it, and the definition does not want it any more. */
    record Remove(Setting setting) implements SettingsOperation {}

    /**
     * Nothing is to be done.
     *
     * @param note what a person should know about it, or null
     */
    record None(Setting setting, @Nullable String note) implements SettingsOperation {
        @Override
        public boolean changesCluster() {
            return false;
        }
    }
}
