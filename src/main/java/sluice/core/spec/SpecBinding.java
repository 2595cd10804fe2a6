package sluice.core.spec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Map;
import sluice.core.batch.S3Location;

/** Adds to a generated spec what is only known at submission, outside its hash. The given spec never changes. */
public final class SpecBinding {

    public static final String RUN_ID = "sluice.runId";
    public static final String SPEC_HASH = "sluice.specHash";

    private SpecBinding() {}

    /**
     * Returns the spec with the task's id, and with the run id and spec hash in its context, which identify a lost
     * task.
     */
    public static ObjectNode bind(ObjectNode spec, String taskId, String runId, String specHash) {
        ObjectNode bound = spec.deepCopy();
        bound.put("id", taskId);
        bound.withObjectProperty("context").put(RUN_ID, runId).put(SPEC_HASH, specHash);
        return bound;
    }

    /**
     * Returns the spec with Druid's {@code http} inputSource instead of {@code s3}, with the same objects in the same
     * order, for a cluster without access to S3. The result contains secrets: never log or store it.
     *
     * @param addresses a presigned address for every object of the spec
     * @throws IllegalArgumentException if the spec does not read S3 objects, or an object has no address
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
