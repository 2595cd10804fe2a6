package sluice.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import sluice.definition.CanonicalJson;

/**
 * What Druid is to be given, without what is known only when it is: a task without its id, a supervisor or a compaction
 * configuration without the marks in its context.
 *
 * @param spec the document, of a task {@code {type: index_parallel, spec: {dataSchema, ioConfig, tuningConfig}, context}}
 * @param json its canonical JSON (RFC 8785)
 * @param hash SHA-256 of {@code json}, 64 hexadecimal digits
 */
public record GeneratedSpec(ObjectNode spec, String json, String hash) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public GeneratedSpec {
        spec = spec.deepCopy();
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(hash, "hash");
    }

    /** @throws IllegalArgumentException when the document has a number that canonical JSON cannot carry */
    static GeneratedSpec of(ObjectNode document) {
        String json = CanonicalJson.text(document);
        try {
            return new GeneratedSpec((ObjectNode) JSON.readTree(json), json, CanonicalJson.sha256(json));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Canonical JSON is JSON", impossible);
        }
    }

    /** A copy: bind and change it freely. */
    @Override
    public ObjectNode spec() {
        return spec.deepCopy();
    }
}
