package sluice.govern.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.json.Change;
import sluice.core.json.JsonDifference;

/** A supervisor as it was posted, with about every kind of part, and as a real Druid 33 told it again. */
class SupervisorFormTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void whatDruidTellsIsWhatWasPosted() {
        assertThat(difference(read("supervisor-told-33"), read("supervisor-posted")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/spec/tuningConfig/workerThreads; 4; REMOVED",
                "/spec/tuningConfig/maxRowsInMemory; 5; REPLACED",
                "/spec/ioConfig/taskDuration; \"PT7200S\"; REPLACED",
                "/spec/ioConfig/replicas; 2; REMOVED",
                "/spec/ioConfig/lateMessageRejectionPeriod; null; ADDED",
                "/spec/ioConfig/consumerProperties/bootstrap.servers; \"other:1\"; REPLACED",
                "/spec/ioConfig/consumerProperties/group.id; \"mine\"; REMOVED",
                "/spec/ioConfig/autoScalerConfig/taskCountMax; 9; REPLACED",
                "/spec/dataSchema/granularitySpec/rollup; false; REPLACED",
                "/spec/dataSchema/transformSpec/filter; null; ADDED",
                "/spec/dataSchema/dimensionsSpec/useSchemaDiscovery; true; REMOVED",
                "/context/priority; 80; REMOVED"
            })
    void whatAPersonChangesIsSeen(String pointer, String value, Change.Kind kind) throws IOException {
        // Given
        ObjectNode live = read("supervisor-told-33");
        int end = pointer.lastIndexOf('/');
        ((ObjectNode) live.at(pointer.substring(0, end))).set(pointer.substring(end + 1), JSON.readTree(value));

        // When
        List<Change> changes = difference(live, read("supervisor-posted"));

        // Then
        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(kind);
            assertThat(change.pointer()).isEqualTo(pointer);
        });
    }

    @ParameterizedTest
    @CsvSource({"/spec/ioConfig/taskCount,3", "/suspended,true", "/spec/tuningConfig/fieldOfALaterDruid,1"})
    void whatBelongsToOthersIsNot(String pointer, String value) throws IOException {
        // Given
        ObjectNode live = read("supervisor-told-33");
        int end = pointer.lastIndexOf('/');
        ((ObjectNode) live.at(pointer.substring(0, end))).set(pointer.substring(end + 1), JSON.readTree(value));

        // When
        List<Change> changes = difference(live, read("supervisor-posted"));

        // Then
        assertThat(changes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT1H,PT3600S", "P1D,PT24H", "P1W,PT168H", "PT90S,PT1M30S"})
    void equalSpansAreEqual(String left, String right) {
        assertThat(CanonicalForm.span(left)).isEqualTo(CanonicalForm.span(right));
    }

    @ParameterizedTest
    @CsvSource({"P1M", "PT", "P", "Paris", "topic"})
    void whatIsNoFixedSpanStays(String text) {
        assertThat(CanonicalForm.span(text)).isEqualTo(text);
    }

    private static List<Change> difference(ObjectNode live, ObjectNode posted) {
        ObjectNode there = SupervisorForm.of(live);
        ObjectNode wanted = SupervisorForm.of(posted);
        SupervisorDefaults.reduce(there, wanted, SupervisorDefaults.SUPERVISOR);
        return JsonDifference.between(there, wanted).stream()
                .filter(change -> change.kind() != Change.Kind.ADDED
                        || SupervisorDefaults.isReturned(change.pointer(), SupervisorDefaults.SUPERVISOR))
                .toList();
    }

    private static ObjectNode read(String name) {
        try {
            JsonNode node = JSON.readTree(
                    Path.of("src/test/resources/settings", name + ".json").toFile());
            return (ObjectNode) node;
        } catch (IOException exception) {
            throw new AssertionError(exception);
        }
    }
}
