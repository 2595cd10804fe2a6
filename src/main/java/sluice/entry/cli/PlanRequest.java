package sluice.entry.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import sluice.core.batch.S3Location;

/** One call of {@code POST /v1/plan}, within the API's limits. */
record PlanRequest(List<SourceFile> definitions, List<S3Location> objects) {

    static final int MOST_DEFINITIONS = 20;
    static final int MOST_OBJECTS = 10;
    /** The API reads 1 MiB; the rest is for the JSON around the texts. */
    private static final int MOST_BYTES = 900_000;

    /** Returns as few requests as the limits allow. */
    static List<PlanRequest> withoutObjects(List<SourceFile> definitions) {
        List<PlanRequest> requests = new ArrayList<>();
        List<SourceFile> together = new ArrayList<>();
        int bytes = 0;
        for (SourceFile definition : definitions) {
            int more = definition.text().getBytes(StandardCharsets.UTF_8).length;
            if (together.size() == MOST_DEFINITIONS || !together.isEmpty() && bytes + more > MOST_BYTES) {
                requests.add(new PlanRequest(List.copyOf(together), List.of()));
                together.clear();
                bytes = 0;
            }
            together.add(definition);
            bytes += more;
        }
        if (!together.isEmpty()) {
            requests.add(new PlanRequest(List.copyOf(together), List.of()));
        }
        return requests;
    }

    /** Returns requests for one definition and many objects, split by the limit of a call. */
    static List<PlanRequest> withObjects(SourceFile definition, List<S3Location> objects) {
        List<PlanRequest> requests = new ArrayList<>();
        for (int from = 0; from < objects.size(); from += MOST_OBJECTS) {
            List<S3Location> some = objects.subList(from, Math.min(objects.size(), from + MOST_OBJECTS));
            requests.add(new PlanRequest(List.of(definition), List.copyOf(some)));
        }
        return requests;
    }

    String json() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode texts = body.putArray("definitions");
        definitions.forEach(definition -> texts.add(definition.text()));
        ArrayNode list = body.putArray("objects");
        objects.forEach(
                object -> list.addObject().put("bucket", object.bucket()).put("key", object.key()));
        return body.toString();
    }
}
