package sluice.govern.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.core.plan.Setting;
import sluice.core.plan.SettingsOperation;

/**
 * What a supervisor reads. Druid stores the offsets of the source under the supervisor's id, also after the supervisor was
 * terminated. With another source under the same id, Druid 33 accepts the supervisor, and its tasks read for a whole
 * {@code taskDuration} before each fails with "Inconsistent metadata state" (apache/druid #16208, #10776). Druid 34 and later
 * refuse it while the supervisor exists (apache/druid #17955).
 *
 * @param type kafka or kinesis
 * @param name the topic, the pattern of topics, or the stream
 */
record StreamSource(String type, String name) {

    /** Returns the source of a supervisor; empty if it has none. */
    static Optional<StreamSource> of(JsonNode supervisor) {
        JsonNode ioConfig = supervisor.at("/spec/ioConfig");
        if (ioConfig.isMissingNode()) {
            ioConfig = supervisor.path("ioConfig");
        }
        for (String field : new String[] {"topic", "topicPattern", "stream"}) {
            if (ioConfig.path(field).isTextual()) {
                String name = ioConfig.path(field).textValue();
                boolean isPattern = field.equals("topicPattern");
                return Optional.of(
                        new StreamSource(supervisor.path("type").asText(), isPattern ? "pattern " + name : name));
            }
        }
        return Optional.empty();
    }

    /**
     * Returns why an operation must not be carried out: it would change the source under an id.
     *
     * @param before the supervisor that exists, or the last one under the id; null if there never was one
     */
    static Optional<String> refusal(SettingsOperation operation, @Nullable JsonNode before) {
        JsonNode document = operation.document();
        if (operation.setting().kind() != Setting.Kind.SUPERVISOR || document == null || before == null) {
            return Optional.empty();
        }
        Optional<StreamSource> earlier = of(before);
        Optional<StreamSource> wanted = of(document);
        return earlier.isEmpty() || wanted.isEmpty() || earlier.equals(wanted)
                ? Optional.empty()
                : Optional.of("it would read " + wanted.get() + " instead of " + earlier.get()
                        + ", whose offsets Druid keeps under the id '"
                        + operation.setting().id()
                        + "', so its tasks could never publish; reset the stream, or give the new one an id of its own"
                        + " (Druid 34 and later)");
    }

    @Override
    public String toString() {
        return type + " " + name;
    }
}
