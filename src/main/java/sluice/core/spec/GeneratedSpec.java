package sluice.core.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import sluice.core.json.CanonicalJson;

/**
 * What Druid is to be given, without what is known only when it is: a task without its id, a supervisor or a compaction
 * configuration without the marks in its context.
 *
 * <p>Its text is made when it is asked for: who only checks the document does not pay for that.
 *
 * @param document as generated, of a task {@code {type: index_parallel, spec: {dataSchema, ioConfig, tuningConfig},
 *     context}}; its keys stand in no order
 */
public record GeneratedSpec(ObjectNode document) {

    /** Made when first used: lint only checks documents, and a mapper costs a third of its start. */
    private static final class Reader {
        static final JsonMapper JSON = JsonMapper.builder().build();
    }

    /** @throws IllegalArgumentException when the document has a number that canonical JSON cannot carry */
    public GeneratedSpec {
        CanonicalJson.requireExact(document);
        document = document.deepCopy();
    }

    /** A copy: change it freely. */
    @Override
    public ObjectNode document() {
        return document.deepCopy();
    }

    /** The canonical JSON (RFC 8785) of the document. */
    public String json() {
        return CanonicalJson.text(document);
    }

    /** SHA-256 of {@link #json}, 64 hexadecimal digits. */
    public String hash() {
        return CanonicalJson.sha256(json());
    }

    /** The document as {@link #json} tells it, keys in order: bind and change it freely. */
    public ObjectNode spec() {
        try {
            return (ObjectNode) Reader.JSON.readTree(json());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Canonical JSON is JSON", impossible);
        }
    }
}
