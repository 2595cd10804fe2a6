package sluice.core.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One stream that feeds the datasource.
 *
 * @param type kafka or kinesis
 * @param id id of the supervisor; null for Druid's own, the datasource's name
 * @param ioConfig Druid's own ioConfig fields of the supervisor, without {@code type}
 * @param tuningConfig Druid's own tuningConfig fields of the supervisor; may be empty
 */
public record StreamDefinition(Type type, @Nullable String id, ObjectNode ioConfig, ObjectNode tuningConfig) {

    public StreamDefinition {
        Objects.requireNonNull(type, "type");
        ioConfig = ioConfig.deepCopy();
        tuningConfig = tuningConfig.deepCopy();
    }

    /** Returns a copy. */
    @Override
    public ObjectNode ioConfig() {
        return ioConfig.deepCopy();
    }

    /** Returns a copy. */
    @Override
    public ObjectNode tuningConfig() {
        return tuningConfig.deepCopy();
    }

    /** Druid's supervisor types. */
    public enum Type {
        KAFKA,
        KINESIS
    }
}
