package sluice.core.spec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Map;
import sluice.core.batch.S3Location;

/** What is added to a generated spec at submission, outside its hash. The given spec is never changed. */
public final class SpecBinding {

    public static final String RUN_ID = "sluice.runId";
    public static final String SPEC_HASH = "sluice.specHash";

    private SpecBinding() {}

    /** The spec with the task's id, and the run id and spec hash in its context, by which a lost task is recognised. */
    public static ObjectNode bind(ObjectNode spec, String taskId, String runId, String specHash) {
        ObjectNode bound = spec.deepCopy();
        bound.put("id", taskId);
        bound.withObjectProperty("context").put(RUN_ID, runId).put(SPEC_HASH, specHash);
        return bound;
    }

    /**
     * The spec with Druid's {@code http} inputSource in place of {@code s3}, same objects in the same order, for a cluster
     * that has no access to S3. The result holds secrets: never log or store it.
     *
     * @param addresses a presigned address for every object of the spec
     * @throws IllegalArgumentException when the spec does not read s3 objects, or one has no address
     */
    public static ObjectNode presigned(ObjectNode spec, Map<S3Location, URI> addresses) {
        ObjectNode bound = spec.deepCopy();
        if (!(bound.at("/spec/ioConfig") instanceof ObjectNode ioConfig)
                || !ioConfig.at("/inputSource/objects").isArray()) {
            throw new IllegalArgumentException("/spec/ioConfig/inputSource: not an s3 inputSource with objects");
        }
        ArrayNode uris = JsonNodeFactory.instance.arrayNode();
        for (var object : ioConfig.at("/inputSource/objects")) {
            S3Location location = new S3Location(
                    object.path("bucket").asText(), object.path("path").asText());
            URI address = addresses.get(location);
            if (address == null) {
                throw new IllegalArgumentException("No presigned address for " + location);
            }
            uris.add(address.toString());
        }
        ioConfig.putObject("inputSource").put("type", "http").set("uris", uris);
        return bound;
    }
}
