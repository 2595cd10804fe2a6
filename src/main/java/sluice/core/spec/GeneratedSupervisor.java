package sluice.core.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * A supervisor that a definition wants.
 *
 * @param id the supervisor's id in Druid
 * @param stream its index among the definition's streams, from 0
 * @param spec the supervisor: {@code {type, id?, spec: {dataSchema, ioConfig, tuningConfig}, context}}
 */
public record GeneratedSupervisor(String id, int stream, GeneratedSpec spec) {

    public GeneratedSupervisor {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(spec, "spec");
    }

    /** Returns the spec with the marks of its origin, which are not part of its hash. */
    public ObjectNode bound(String definitionHash) {
        ObjectNode bound = spec.spec();
        SettingsMarks.put(bound.withObjectProperty("context"), spec.hash(), definitionHash);
        return bound;
    }
}
