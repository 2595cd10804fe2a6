package sluice.ingest.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.core.batch.TimeChunk;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Which time chunks of a datasource runs have for themselves. */
@ApplicationScoped
public class Leases {

    private final StateTable table;
    private final RunStore runs;

    Leases(StateTable table, RunStore runs) {
        this.table = table;
        this.runs = runs;
    }

    /** The run that has a time chunk for itself; one that has ended without giving its lease back does not count. */
    public Optional<Run> holder(String cluster, String datasource, TimeChunk chunk) {
        return table.get(Key.lease(cluster, datasource, chunk.start()))
                .flatMap(item -> item.text(RunStore.HOLDER))
                .flatMap(runs::find)
                .filter(run -> !run.hasEnded());
    }

    /** The chunks of all runs that hold a lease and have not ended: one that has ended writes no more. */
    public List<TimeChunk> held(String cluster, String datasource) {
        String pk = Key.lease(cluster, datasource, Instant.EPOCH).pk();
        QueryRequest query = QueryRequest.builder()
                .tableName(table.name())
                .consistentRead(true)
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Item.values().with(":pk", pk).attributes())
                .build();
        Set<String> holders = new HashSet<>();
        for (Map<String, AttributeValue> attributes :
                table.client().queryPaginator(query).items()) {
            Item.of(attributes).text(RunStore.HOLDER).ifPresent(holders::add);
        }
        List<TimeChunk> chunks = new ArrayList<>();
        for (String holder : holders) {
            runs.find(holder).filter(run -> !run.hasEnded()).ifPresent(run -> chunks.addAll(run.chunks()));
        }
        return List.copyOf(chunks);
    }
}
