package sluice.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.batch.Batch;
import sluice.batch.InputObject;
import sluice.batch.TimeChunk;
import sluice.contract.Contract;
import sluice.contract.Finding;
import sluice.definition.Definition;
import sluice.spec.Generation;
import sluice.spec.SpecDefaults;
import sluice.spec.SpecGenerator;
import sluice.spec.SpecHints;

/**
 * Generates the spec of a definition for a file that need not exist, so that the contract can be asked about what the
 * user wrote in Druid's own words. Findings name the place in the definition where it has one.
 */
public final class SpecPreview {

    private static final String EXAMPLE = "example.json";
    private static final Instant DAY = Instant.parse("2026-01-05T00:00:00Z");
    private static final SpecHints NOTHING_MEASURED = new SpecHints(Map.of(), null);

    private SpecPreview() {}

    /** The contract's findings about the definition's batch part; none where it has no such part. */
    public static List<Finding> findings(Definition definition, Contract contract) {
        if (definition.batch() == null) {
            return List.of();
        }
        Generation generation =
                SpecGenerator.generate(definition, example(definition), NOTHING_MEASURED, SpecDefaults.STANDARD);
        List<Finding> findings = new ArrayList<>();
        if (generation instanceof Generation.Refused refused) {
            findings.addAll(refused.findings());
        } else if (generation instanceof Generation.Generated generated) {
            findings.addAll(located(contract.check(generated.spec().spec()), definition));
        }
        return List.copyOf(findings);
    }

    /** The findings about a generated spec, with the place in the definition that the part of the spec comes from. */
    static List<Finding> located(List<Finding> findings, Definition definition) {
        JsonNode document = definition.document();
        return findings.stream()
                .map(finding -> new Finding(
                        finding.code(),
                        finding.severity(),
                        place(finding.pointer(), document),
                        finding.line(),
                        finding.column(),
                        finding.message(),
                        finding.expected(),
                        finding.suggestion(),
                        finding.url()))
                .collect(Collectors.toUnmodifiableList());
    }

    private static String place(String pointer, JsonNode document) {
        return Stream.of(
                        Map.entry("/spec/dataSchema", "/schema"),
                        Map.entry("/spec/tuningConfig/partitionsSpec", "/batch/partitions"),
                        Map.entry("/spec/tuningConfig", "/batch/tuningConfig"),
                        Map.entry("/spec/ioConfig/inputFormat", "/batch/inputFormat"))
                .filter(part -> pointer.startsWith(part.getKey()))
                .map(part -> part.getValue() + pointer.substring(part.getKey().length()))
                .filter(place -> !document.at(place).isMissingNode())
                .findFirst()
                .orElse(pointer);
    }

    /** A batch of one file that need not exist. */
    static Batch example(Definition definition) {
        String name = definition.batch().source().suffix().isEmpty()
                ? EXAMPLE
                : "example" + definition.batch().source().suffix();
        return new Batch(
                definition.datasource(),
                List.of(TimeChunk.holding(DAY, definition.schema().segmentGranularity())),
                List.of(new InputObject(
                        definition.batch().source().bucket(),
                        definition.batch().source().prefix() + name,
                        "0",
                        1_000_000,
                        DAY)));
    }
}
