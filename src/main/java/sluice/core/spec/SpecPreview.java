package sluice.core.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.core.batch.Batch;
import sluice.core.batch.InputObject;
import sluice.core.batch.ObjectLayout;
import sluice.core.batch.TimeChunk;
import sluice.core.contract.Contract;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.core.definition.Source;

/**
 * Generates the spec of a definition for a hypothetical file, so that the contract can check what the user wrote in
 * Druid's own words. Findings point into the definition where possible.
 */
public final class SpecPreview {

    private static final Instant DAY = Instant.parse("2026-01-05T00:00:00Z");
    /** Parts of the spec and their place in the definition; a longer prefix precedes a shorter one. */
    private static final List<Map.Entry<String, String>> PLACES = List.of(
            Map.entry("/spec/dataSchema", "/schema"),
            Map.entry("/spec/tuningConfig/partitionsSpec", "/batch/partitions"),
            Map.entry("/spec/tuningConfig", "/batch/tuningConfig"),
            Map.entry("/spec/ioConfig/inputFormat", "/batch/inputFormat"));

    private SpecPreview() {}

    /**
     * Returns the contract's findings about the tasks of the batch part, the supervisors and the automatic compaction.
     */
    public static List<Finding> findings(Definition definition, Contract contract) {
        List<Finding> findings = new ArrayList<>(SettingsPreview.findings(definition, contract, SpecDefaults.STANDARD));
        if (definition.batch() == null) {
            return List.copyOf(findings);
        }
        Generation generation =
                SpecGenerator.generate(definition, example(definition), SpecHints.NONE, SpecDefaults.STANDARD);
        if (generation instanceof Generation.Refused refused) {
            findings.addAll(refused.findings());
        } else if (generation instanceof Generation.Generated generated) {
            findings.addAll(located(contract.check(generated.spec().document()), definition));
        }
        return findings.stream().distinct().toList();
    }

    /** Returns the findings about a generated spec, pointing into the definition where the part comes from it. */
    public static List<Finding> located(List<Finding> findings, Definition definition) {
        return located(findings, definition, PLACES);
    }

    /** @param places parts of the document and their place in the definition; a longer prefix precedes a shorter one */
    static List<Finding> located(
            List<Finding> findings, Definition definition, List<Map.Entry<String, String>> places) {
        JsonNode document = definition.document();
        return findings.stream()
                .map(finding -> located(finding, place(finding.pointer(), document, places)))
                .toList();
    }

    private static Finding located(Finding finding, Optional<String> place) {
        return new Finding(
                finding.code(),
                finding.severity(),
                place.orElse(finding.pointer()),
                finding.line(),
                finding.column(),
                finding.message() + (place.isPresent() ? "" : " (in the generated spec)"),
                finding.expected(),
                finding.suggestion(),
                finding.url());
    }

    private static Optional<String> place(String pointer, JsonNode document, List<Map.Entry<String, String>> places) {
        return places.stream()
                .filter(part -> pointer.startsWith(part.getKey()))
                .map(part -> part.getValue() + pointer.substring(part.getKey().length()))
                .filter(place -> !document.at(place).isMissingNode())
                .findFirst();
    }

    /** Returns a batch of one hypothetical file. */
    public static Batch example(Definition definition) {
        Source source = definition.requireBatch().source();
        TimeChunk chunk = TimeChunk.holding(DAY, definition.schema().segmentGranularity());
        String folder = new ObjectLayout(source, definition.schema().segmentGranularity())
                .prefixes(chunk)
                .get(0);
        String ending = source.suffix().isEmpty() ? ".json" : source.suffix();
        InputObject object = new InputObject(source.bucket(), folder + "/example" + ending, "0", 1_000_000, DAY);
        return new Batch(definition.datasource(), List.of(chunk), List.of(object));
    }
}
