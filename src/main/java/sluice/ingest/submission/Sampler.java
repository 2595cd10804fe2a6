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

/** Druid's sampler, on objects that the cluster may or may not be able to read by itself. */
@ApplicationScoped
public class Sampler {

    private static final Duration LIFE = Duration.ofMinutes(5);

    private final PresignedObjects presigned;

    Sampler(PresignedObjects presigned) {
        this.presigned = presigned;
    }

    /**
     * Runs the sampler.
     *
     * @param request as {@link sluice.core.spec.SamplerRequest} makes it
     * @param objects the objects that it reads
     * @throws sluice.platform.druid.DruidException when the cluster cannot be reached or refuses the request
     */
    public JsonNode sample(DruidCluster cluster, ObjectNode request, List<InputObject> objects) {
        ObjectNode bound = cluster.objectAccess() == ObjectAccess.S3
                ? request
                : SpecBinding.presigned(request, presigned.addresses(objects, LIFE));
        return cluster.tasks().sample(bound.toString());
    }
}
