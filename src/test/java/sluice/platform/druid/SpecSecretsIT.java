package sluice.platform.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Secrets of definitions on their way into specs, and out of what Druid says about them. */
@QuarkusTest
class SpecSecretsIT extends SecretClusterTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void theSecretsOfASpecArePutInWhenItIsPosted() throws JsonProcessingException {
        // Given
        ObjectNode supervisor = (ObjectNode) JSON.readTree(
                "{'consumerProperties': {'sasl.jaas.config': 'password=${secret:KAFKA};', 'note': '${secret:KAFKA}'}}"
                        .replace('\'', '"'));

        // When
        cluster().settings().postSupervisor(supervisor);

        // Then
        JsonNode posted = JSON.readTree(druid.bodies().get(0)).path("consumerProperties");
        assertThat(posted.path("sasl.jaas.config").asText()).isEqualTo("password=kafka-\"hunter2;");
        assertThat(posted.path("note").asText())
                .as("nobody hides what stands here")
                .isEqualTo("${secret:KAFKA}");
    }

    @Test
    void aLiveSupervisorHasThePlaceholderOfTheCurrentSecretAndNotOfAnOldOne() throws JsonProcessingException {
        // Given
        druid.answers(
                200, "{\"password\": \"" + KAFKA + "\", \"name\": \"" + KAFKA + "\", \"a.secret\": \"old-password\"}");

        // When
        ObjectNode live = cluster().settings().supervisor("clicks").orElseThrow();

        // Then
        assertThat(live.path("password").asText()).isEqualTo("${secret:KAFKA}");
        assertThat(live.path("name").asText()).isEqualTo("kafka-\"hunter2");
        assertThat(live.path("a.secret").asText()).isEqualTo("old-password");
    }

    @Test
    void whatDruidSaysAboutASpecHasNoSecretAndNoPresignedAddress() {
        // Given
        services.holds(SECRET, login("druid-hunter2"));
        RestDruidCluster cluster = cluster("secret", SECRET);
        String text = "Cannot read [" + KAFKA.replace("\\\"", "\\\\\\\"")
                + "] (Path: https://landing.s3.amazonaws.com/a.json?X-Amz-Signature=abc&X-Amz-Credential=def)"
                + " via http://me:druid-hunter2@registry/x";
        druid.answers(400, "{\"error\": \"" + text + "\"}");

        // When
        SubmitAnswer answer = cluster.tasks().submit("t1", "{}");

        // Then
        assertThat(answer).isInstanceOfSatisfying(SubmitAnswer.Refused.class, refused -> assertThat(refused.message())
                .startsWith("Cannot read [")
                .contains("(Path: https://landing.s3.amazonaws.com/a.json)", "http://(hidden)@registry/x")
                .doesNotContain("hunter2", "X-Amz"));
    }

    @Test
    void whatEndedATaskHasNoSecretAndNoPresignedAddress() {
        // Given
        druid.answers(
                200,
                "{\"t1\": {\"id\": \"t1\", \"status\": \"FAILED\", \"duration\": 1, \"errorMsg\": \"Failed with "
                        + KAFKA + " at https://landing.s3.amazonaws.com/a.json?X-Amz-Signature=abc\"}}");

        // When
        Map<String, TaskStatus> statuses = cluster().tasks().statuses(Set.of("t1"));

        // Then
        assertThat(statuses.get("t1").error())
                .isEqualTo("Failed with ${secret:KAFKA} at https://landing.s3.amazonaws.com/a.json");
    }

    @Test
    void aReportHasNoSecretAndNoPresignedAddress() {
        // Given
        druid.answers(
                200,
                "{\"ingestionStatsAndErrors\": {\"payload\": {\"errorMsg\": \"" + KAFKA
                        + " https://landing.s3.amazonaws.com/a.json?X-Amz-Signature=abc\"}}}");

        // When
        TaskReport report = cluster().tasks().report("t1").orElseThrow();

        // Then
        assertThat(report.failure()).isEqualTo("${secret:KAFKA} https://landing.s3.amazonaws.com/a.json");
    }

    /** As Druid 33 and 37 write it. The ledger tells by the address which of the objects is malformed. */
    @Test
    void whereDruidFoundARowStaysAndOnlyTheQueryOfThePresignedAddressGoes() {
        // Given
        druid.answers(
                200,
                """
                {"ingestionStatsAndErrors": {"payload": {"unparseableEvents": {"buildSegments": [{
                "input": "{\\"time\\": broken", "errorType": "exception", "timeOfException": 1, "details": [
                "Unable to parse row [{\\"time\\": broken] (Path: https://landing.s3.amazonaws.com/web/dt%3D2026-01-01/bad.json\
                ?X-Amz-Credential=k%2F20260101&X-Amz-Signature=abc,def, Record: 11, Line: 11)"]}]}}}}""");

        // When
        TaskReport report = cluster().tasks().report("t1").orElseThrow();

        // Then
        assertThat(report.errors())
                .containsExactly(
                        "Unable to parse row ..."
                                + " (Path: https://landing.s3.amazonaws.com/web/dt%3D2026-01-01/bad.json, Record: 11, Line: 11)");
    }

    @Test
    void whatDruidSaysIsWithheldWhileASecretCannotBeReadToFindItInTheText() {
        // Given
        services.refuses("/kafka", "AccessDeniedException");
        druid.answers(400, "{\"error\": \"Cannot use " + KAFKA + "\"}");

        // When
        SubmitAnswer answer = cluster().tasks().submit("t1", "{}");

        // Then
        assertThat(answer).isInstanceOfSatisfying(SubmitAnswer.Refused.class, refused -> assertThat(refused.message())
                .contains("withheld", "/kafka")
                .doesNotContain("hunter2"));
    }

    @Test
    void aSpecIsNotPostedWithoutItsSecret() {
        // Given
        services.refuses("/kafka", "AccessDeniedException");

        // When
        DruidException failed = catchThrowableOfType(
                DruidException.class, () -> cluster().tasks().submit("t1", "{\"password\": \"${secret:KAFKA}\"}"));

        // Then
        assertThat(failed.isTransient()).isTrue();
        assertThat(failed).hasMessageContaining("/kafka");
        assertThat(druid.bodies()).isEmpty();
    }
}
