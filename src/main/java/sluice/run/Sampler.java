package sluice.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import sluice.batch.InputObject;
import sluice.druid.ClusterConfig.ObjectAccess;
import sluice.druid.DruidCluster;
import sluice.spec.SpecBinding;

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
     * @param request as {@link sluice.spec.SamplerRequest} makes it
     * @param objects the objects that it reads
     * @throws sluice.druid.DruidException when the cluster cannot be reached or refuses the request
     */
    public JsonNode sample(DruidCluster cluster, ObjectNode request, List<InputObject> objects) {
        ObjectNode bound = cluster.config().objectAccess() == ObjectAccess.S3
                ? request
                : SpecBinding.presigned(request, presigned.addresses(objects, LIFE));
        return cluster.sample(bound.toString());
    }
}
