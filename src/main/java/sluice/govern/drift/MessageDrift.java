package sluice.govern.drift;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.core.definition.Drift;
import sluice.platform.druid.DruidCluster;

/**
 * Compares a sample of a stream's messages with its definition. Druid's sampler reads what arrives within some seconds, so it
 * sees messages as the stream's tasks do and moves none of their offsets. The columns of the first sample count as known: the
 * author of the definition has left out what it does not name. A later column is told until the definition mentions it.
 */
@ApplicationScoped
public class MessageDrift {

    private static final int ROWS = 200;
    private static final int TIMEOUT_MS = 5_000;

    private final ColumnMemory memory;

    MessageDrift(ColumnMemory memory) {
        this.memory = memory;
    }

    /**
     * Returns new columns and columns with other values than the definition declares; empty if no message came meanwhile.
     *
     * @param supervisor the supervisor of the stream as the definition generates it
     * @throws sluice.platform.druid.DruidException if the cluster does not respond, or refuses the request
     */
    public Optional<List<Finding>> look(DruidCluster cluster, Definition definition, ObjectNode supervisor) {
        ObservedColumns now =
                ObservedColumns.of(cluster.tasks().sample(request(supervisor).toString()));
        if (now.isEmpty()) {
            return Optional.empty();
        }
        // A name of its own: files and messages of a datasource need not have the same columns.
        String name = definition.datasource() + " messages";
        ObservedColumns known = memory.recall(name);
        if (known.isEmpty()) {
            memory.learn(name, known, now);
        }
        DeclaredColumns declared = DeclaredColumns.of(definition);
        // A column that some messages of a sample lack is no news.
        List<ColumnDrift> drift = DriftCheck.between(declared, known, now, false).stream()
                .filter(one -> !(one instanceof ColumnDrift.Missing))
                .toList();
        return Optional.of(DriftFindings.of(drift, Drift.WARN, declared.isOpen(), "messages"));
    }

    /** Druid's {@code KafkaSamplerSpec} has the whole supervisor as its {@code spec}. */
    private static ObjectNode request(ObjectNode supervisor) {
        ObjectNode document = ObservedColumns.discovery(supervisor);
        document.withObject("/spec/ioConfig").put("useEarliestOffset", false);
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("type", "kafka");
        request.set("spec", document);
        request.putObject("samplerConfig").put("numRows", ROWS).put("timeoutMs", TIMEOUT_MS);
        return request;
    }
}
