package sluice.core.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import sluice.core.json.CanonicalJson;

/**
 * A document for Druid, without what is only known at submission: a task without its id, a supervisor or a compaction
 * configuration without the marks in its context.
 *
 * <p>The text is produced on demand, so checking only the document does not pay for it.
 *
 * @param document as generated; for a task, {@code {type: index_parallel, spec: {dataSchema, ioConfig, tuningConfig},
 *     context}}; its keys are in no particular order
 */
public record GeneratedSpec(ObjectNode document) {

    /** Created on first use: lint only checks documents, and a mapper costs a third of its start. */
    private static final class Reader {
        static final JsonMapper JSON = JsonMapper.builder().build();
    }

    /** @throws IllegalArgumentException if the document has a number that canonical JSON cannot represent */
    public GeneratedSpec {
        CanonicalJson.requireExact(document);
        document = document.deepCopy();
    }

    /** Returns a copy, which you may change. */
    @Override
    public ObjectNode document() {
        return document.deepCopy();
    }

    /** Returns the canonical JSON (RFC 8785) of the document. */
    public String json() {
        return CanonicalJson.text(document);
    }

    /** Returns the SHA-256 of {@link #json}, 64 hexadecimal digits. */
    public String hash() {
        return CanonicalJson.sha256(json());
    }

    /** Returns the document with its keys in the order of {@link #json}, as a copy which you may change. */
    public ObjectNode spec() {
        try {
            return (ObjectNode) Reader.JSON.readTree(json());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Canonical JSON is JSON", impossible);
        }
    }
}
