package sluice.ingest.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import sluice.core.batch.InputObject;
import sluice.core.spec.SpecBinding;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.ObjectAccess;

/** Calls Druid's sampler, with presigned addresses if the cluster has no access to S3. */
@ApplicationScoped
public class Sampler {

    private static final Duration LIFE = Duration.ofMinutes(5);

    private final PresignedObjects presigned;

    Sampler(PresignedObjects presigned) {
        this.presigned = presigned;
    }

    /**
     * Returns the sampler's answer.
     *
     * @param request a request made by {@link sluice.core.spec.SamplerRequest}
     * @param objects the objects that it reads
     * @throws sluice.platform.druid.DruidException if the cluster cannot be reached or refuses the request
     */
    public JsonNode sample(DruidCluster cluster, ObjectNode request, List<InputObject> objects) {
        ObjectNode bound = cluster.objectAccess() == ObjectAccess.S3
                ? request
                : SpecBinding.presigned(request, presigned.addresses(objects, LIFE));
        return cluster.tasks().sample(bound.toString());
    }
}
