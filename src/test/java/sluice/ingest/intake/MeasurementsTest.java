package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.batch.Batch;
import sluice.core.definition.Definition;
import sluice.core.spec.SpecDefaults;
import sluice.core.spec.SpecHints;
import sluice.core.spec.SpecHints.History;
import sluice.ingest.IngestFixture;
import sluice.platform.druid.DruidException;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;

class MeasurementsTest {

    private static final String FIXED = "{segmentGranularity: DAY, queryGranularity: HOUR, rollup: true}";
    private static final String AUTO_ROLLUP = "{segmentGranularity: DAY, queryGranularity: HOUR, rollup: auto}";
    private static final String AUTO_GRANULARITY = "{segmentGranularity: DAY, queryGranularity: auto, rollup: true}";

    private final IngestFixture fixture = new IngestFixture();
    private final Measurements measurements = fixture.bean(Measurements.class);
    private final List<JsonNode> samples = new ArrayList<>();

    @Test
    void aDefinitionThatIsExplicitNeedsNoSample() {
        // Given
        sampler(10, 5);

        // When
        SpecHints hints = measured(FIXED);

        // Then
        assertThat(hints).isEqualTo(SpecHints.NONE);
        assertThat(samples).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {AUTO_ROLLUP, AUTO_GRANULARITY})
    void autoIsDecidedByTheSampler(String granularity) {
        // Given
        sampler(10, 5);

        // When
        SpecHints hints = measured(granularity);

        // Then
        assertThat(hints.rollupRatios())
                .isEqualTo(Map.of("NONE", 0.5, "MINUTE", 0.5, "FIFTEEN_MINUTE", 0.5, "HOUR", 0.5, "DAY", 0.5));
        assertThat(samples).hasSize(5);
    }

    @Test
    void earlierRunsAreRemembered() {
        // Given
        fixture.table.put(Item.at(Key.history(FEED))
                .with("inputBytes", 1_000)
                .with("rowsRead", 100)
                .with("rowsStored", 50)
                .with("segmentBytes", 500)
                .with("rolledUpTo", "HOUR"));

        // When
        SpecHints hints = measured(FIXED);

        // Then
        assertThat(hints.history()).isEqualTo(new History(1_000, 100, 50, 500, "HOUR"));
    }

    @Test
    void aDefinitionFromWhichNoSpecCanBeMadeIsNotSampled() {
        // Given
        sampler(10, 5);
        Definition definition = fixture.define(
                IngestFixture.definition("replace").granularity(AUTO_ROLLUP).batch("inputFormat", "auto"));

        // When
        SpecHints hints = measurements.of(definition, batch("a.unknown"), fixture.druid, defaults());

        // Then
        assertThat(hints.rollupRatios()).isEmpty();
        assertThat(samples).isEmpty();
    }

    @Test
    void aSampleThatDruidRefusesIsMissing() {
        // Given
        sampler(10, 5);
        fixture.druid.faults(CallFaults.once(DruidCall.SAMPLE, new CallFault.Refused(DruidException.Code.REFUSED)));

        // When
        SpecHints hints = measured(AUTO_ROLLUP);

        // Then
        assertThat(hints.rollupRatios()).hasSize(4);
    }

    @Test
    void aClusterThatDoesNotAnswerIsTriedLater() {
        // Given
        fixture.druid.faults(CallFaults.once(DruidCall.SAMPLE, new CallFault.Refused(DruidException.Code.UNAVAILABLE)));

        // When
        Throwable failure = catchThrowable(() -> measured(AUTO_ROLLUP));

        // Then
        assertThat(failure).isInstanceOf(DruidException.class);
    }

    private SpecHints measured(String granularity) {
        Definition definition =
                fixture.define(IngestFixture.definition("replace").granularity(granularity));
        return measurements.of(definition, batch("a.json"), fixture.druid, defaults());
    }

    private Batch batch(String name) {
        return new Batch("wiki", List.of(DAY), List.of(fixture.upload(name, 3)));
    }

    private static SpecDefaults defaults() {
        return SpecDefaults.fromEnvironment(Map.of());
    }

    /** Answers every sample with rows as Druid does: each row after rollup, with the number of rows read in it. */
    private void sampler(int read, int stored) {
        fixture.druid.sampler(request -> {
            samples.add(request);
            return IngestFixture.json(sample(read, stored), JsonNode.class);
        });
    }

    private static String sample(int read, int stored) {
        String rows = String.join(", ", Collections.nCopies(stored, "{\"parsed\": {\"channel\": \"a\"}}"));
        return "{\"numRowsIndexed\": " + read + ", \"data\": [" + rows + "]}";
    }
}
