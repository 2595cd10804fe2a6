package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.entry.gate.InMemoryGate.Reply;

class StreamsEndpointTest {

    private static final String OPERATIONS = "/v1/datasources/wiki/streams/wiki/operations";
    private static final String OPERATOR = "arn:aws:iam::123456789012:user/operator";
    private static final String ADMIN = "arn:aws:iam::123456789012:user/admin";
    private static final String ROLES =
            """
            [{"principals": ["arn:aws:iam::123456789012:user/operator"], "roles": ["read", "operate"]},
             {"principals": ["arn:aws:iam::123456789012:user/admin"],
              "roles": ["read", "plan", "apply", "operate", "destroy"]}]
            """;

    private final InMemoryGate gate = new InMemoryGate(Map.of("sluice.gate.roles", ROLES));

    @BeforeEach
    void aStream() {
        gate.druid().send("edits", "0", 100);
        String text = InMemoryGate.definition("wiki", "NONE")
                + "stream: [{type: kafka, topic: edits, consumerProperties: {bootstrap.servers: \"localhost:9092\"}}]\n";
        assertThat(gate.call("PUT", "/v1/definitions/wiki", text)
                        .as(ADMIN)
                        .send()
                        .status())
                .isEqualTo(201);
    }

    @Test
    void streamsAreShownPartitionByPartition() {
        // When
        Reply reply = gate.get("/v1/datasources/wiki/streams").as(OPERATOR).send();

        // Then
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("/streams/0/state").asText()).isEqualTo("RUNNING");
        assertThat(reply.json().at("/streams/0/partitions/0/latest").asLong()).isEqualTo(100);
        assertThat(reply.json().at("/streams/0/counts/unparseable").asLong()).isZero();
    }

    @Test
    void anOperationIsStoredAndCanBeFollowed() {
        // When
        Reply started = post(OPERATOR, "{\"operation\": \"suspend\", \"reason\": \"Kafka moves\"}");
        Reply followed = gate.get(OPERATIONS + "/1").as(OPERATOR).send();
        Reply history = gate.get(OPERATIONS).as(OPERATOR).send();

        // Then
        assertThat(started.status()).isEqualTo(202);
        assertThat(followed.json().path("phase").asText()).isEqualTo("STOPPING");
        assertThat(followed.json().path("author").asText()).isEqualTo(OPERATOR);
        assertThat(history.json().at("/operations/0/reason").asText()).isEqualTo("Kafka moves");
    }

    @Test
    void aDryRunStoresNothing() {
        // When
        Reply plan = post(OPERATOR, "{\"operation\": \"terminate\", \"reason\": \"r\", \"dryRun\": true}");

        // Then
        assertThat(plan.status()).isEqualTo(200);
        assertThat(plan.json().path("steps")).hasSize(3);
        assertThat(gate.get(OPERATIONS).as(OPERATOR).send().json().path("operations"))
                .isEmpty();
    }

    @Test
    void aResetNeedsMoreThanOperate() {
        // When
        Reply operator = post(OPERATOR, "{\"operation\": \"reset\", \"reason\": \"r\"}");
        Reply admin = post(ADMIN, "{\"operation\": \"reset\", \"reason\": \"r\"}");

        // Then
        assertThat(operator.status()).isEqualTo(403);
        assertThat(admin.status()).isEqualTo(202);
        assertThat(admin.json().at("/target/from").asText()).contains("the beginning");
    }

    @Test
    void whatCannotBeStartedIsAConflict() {
        // Given
        post(OPERATOR, "{\"operation\": \"suspend\", \"reason\": \"r\"}");

        // Then
        assertThat(post(OPERATOR, "{\"operation\": \"resume\", \"reason\": \"r\"}")
                        .status())
                .isEqualTo(409);
        assertThat(post(ADMIN, "{\"operation\": \"reset\", \"reason\": \"r\", \"snapshot\": 7}")
                        .status())
                .isEqualTo(409);
        assertThat(post(OPERATOR, "{\"operation\": \"pause\", \"reason\": \"r\"}")
                        .status())
                .isEqualTo(400);
        assertThat(post(OPERATOR, "{\"operation\": \"suspend\"}").status()).isEqualTo(400);
    }

    private Reply post(String arn, String body) {
        return gate.call("POST", OPERATIONS, body).as(arn).send();
    }
}
