package sluice.core.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One stream that feeds the datasource.
 *
 * @param type kafka or kinesis
 * @param id id of the supervisor, or null for Druid's own, which is the datasource's name
 * @param ioConfig Druid's own ioConfig fields of that supervisor, without {@code type}
 * @param tuningConfig Druid's own tuningConfig fields of that supervisor; empty where the user gave none
 */
public record StreamDefinition(Type type, @Nullable String id, ObjectNode ioConfig, ObjectNode tuningConfig) {

    public StreamDefinition {
        Objects.requireNonNull(type, "type");
        ioConfig = ioConfig.deepCopy();
        tuningConfig = tuningConfig.deepCopy();
    }

    /** A copy: the definition itself never changes. */
    @Override
    public ObjectNode ioConfig() {
        return ioConfig.deepCopy();
    }

    /** A copy: the definition itself never changes. */
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
