package sluice.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sluice.batch.Batch;
import sluice.batch.InputObject;
import sluice.batch.ObjectLayout;
import sluice.batch.TimeChunk;
import sluice.contract.Contract;
import sluice.contract.Finding;
import sluice.definition.Definition;
import sluice.definition.DefinitionReader;
import sluice.definition.ReadResult;
import sluice.definition.Source;
import sluice.definition.Variables;
import sluice.spec.Generation;
import sluice.spec.SpecDefaults;
import sluice.spec.SpecGenerator;
import sluice.spec.SpecHints;

/**
 * Lints a definition as the functions will see it: the document itself, and the Druid spec that it makes of a file. What
 * is found in the spec is told at the place of the definition that it comes from.
 */
final class DefinitionLint {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)");
    private static final Instant SAMPLE_TIME = Instant.parse("2026-01-01T00:00:00Z");
    /** Where parts of the definition stand in the spec; the longer prefix first. */
    private static final List<Map.Entry<String, String>> PLACES = List.of(
            Map.entry("/spec/dataSchema", "/schema"),
            Map.entry("/spec/tuningConfig/partitionsSpec", "/batch/partitions"),
            Map.entry("/spec/tuningConfig", "/batch/tuningConfig"),
            Map.entry("/spec/ioConfig/inputFormat", "/batch/inputFormat"));

    private final Contract contract;
    private final Map<String, String> environment;

    DefinitionLint(Contract contract, Map<String, String> environment) {
        this.contract = contract;
        this.environment = environment;
    }

    List<Finding> check(String text, String name) {
        ReadResult result = DefinitionReader.read(text, name, variables(text));
        List<Finding> findings = new ArrayList<>(result.findings());
        if (result instanceof ReadResult.Valid valid && valid.definition().batch() != null) {
            findings.addAll(ofSpec(valid.definition()));
        }
        return List.copyOf(findings);
    }

    /** Values belong to the environment in which the definition will run; one that is not set here stands for itself. */
    private Variables variables(String text) {
        Set<String> names = new HashSet<>();
        Map<String, String> values = new HashMap<>();
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1);
            names.add(name);
            values.put(
                    name,
                    environment.getOrDefault(name, name.toLowerCase(Locale.ROOT).replace('_', '-')));
        }
        return new Variables(names, values);
    }

    private List<Finding> ofSpec(Definition definition) {
        Generation generation =
                SpecGenerator.generate(definition, sample(definition), SpecHints.NONE, SpecDefaults.STANDARD);
        if (!(generation instanceof Generation.Generated generated)) {
            return generation.findings();
        }
        return contract.check(generated.spec().spec()).stream()
                .map(DefinitionLint::atDefinition)
                .toList();
    }

    private static Batch sample(Definition definition) {
        Source source = definition.batch().source();
        TimeChunk chunk = TimeChunk.holding(SAMPLE_TIME, definition.schema().segmentGranularity());
        String folder = new ObjectLayout(source, definition.schema().segmentGranularity())
                .prefixes(chunk)
                .get(0);
        String ending = source.suffix().isEmpty() ? ".json" : source.suffix();
        InputObject object = new InputObject(source.bucket(), folder + "/sample" + ending, "0", 1_000_000, SAMPLE_TIME);
        return new Batch(definition.datasource(), List.of(chunk), List.of(object));
    }

    private static Finding atDefinition(Finding finding) {
        String pointer = PLACES.stream()
                .filter(place -> finding.pointer().startsWith(place.getKey()))
                .findFirst()
                .map(place -> place.getValue()
                        + finding.pointer().substring(place.getKey().length()))
                .orElse("");
        return new Finding(
                finding.code(),
                finding.severity(),
                pointer,
                null,
                null,
                finding.message() + " (in the generated spec at " + finding.pointer() + ")",
                finding.expected(),
                finding.suggestion(),
                finding.url());
    }
}
