package sluice.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * A Druid task without its id.
 *
 * @param spec the task: {@code {type: index_parallel, spec: {dataSchema, ioConfig, tuningConfig}, context}}
 * @param json its canonical JSON (RFC 8785)
 * @param hash SHA-256 of {@code json}, 64 hexadecimal digits
 */
public record GeneratedSpec(ObjectNode spec, String json, String hash) {

    public GeneratedSpec {
        spec = spec.deepCopy();
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(hash, "hash");
    }

    /** A copy: bind and change it freely. */
    @Override
    public ObjectNode spec() {
        return spec.deepCopy();
    }
}
