package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import sluice.platform.state.Key;
import sluice.sandbox.Sandbox;
import sluice.sandbox.lambda.Json;
import sluice.sandbox.lambda.Outcome;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The scheduled sweep, for one datasource of a sandbox that has many. */
public final class DailySweep {

    private static final List<String> CLUSTERS = List.of("main", "onprem", "secure", "newer");

    private DailySweep() {}

    /** Lets the daily sweep run where the datasource is due on all clusters, and no other datasource is due within the hour. */
    public static void of(Sandbox sandbox, String datasource) throws InterruptedException {
        String inAnHour = Instant.now().plus(1, ChronoUnit.HOURS).toString();
        Json.read(sandbox.druid()
                        .get("/druid/coordinator/v1/metadata/datasources?includeUnused")
                        .body())
                .forEach(other -> {
                    if (!other.asText().equals(datasource)) {
                        CLUSTERS.forEach(cluster -> sweptAt(sandbox, Key.sweeps(cluster, other.asText()), inAnHour));
                    }
                });
        assertThat(sandbox.lambda().fire("retain")).isInstanceOf(Outcome.Answer.class);
    }

    private static void sweptAt(Sandbox sandbox, Key key, String time) {
        sandbox.dynamodb().client().updateItem(request -> request.tableName(
                        sandbox.dynamodb().table())
                .key(Map.of("pk", AttributeValue.fromS(key.pk()), "sk", AttributeValue.fromS(key.sk())))
                .updateExpression("SET #at = :time")
                .expressionAttributeNames(Map.of("#at", "lastSweptAt"))
                .expressionAttributeValues(Map.of(":time", AttributeValue.fromS(time))));
    }
}
