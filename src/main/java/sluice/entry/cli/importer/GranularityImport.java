package sluice.entry.cli.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sluice.core.definition.SegmentGranularity;

/** Converts the granularitySpec: uniform time chunks of a fixed length in UTC. */
final class GranularityImport {

    private final ObjectNode given;
    private final String pointer;
    private final ImportNotes notes;

    /** @param pointer JSON Pointer of the dataSchema in the spec */
    GranularityImport(ObjectNode given, String pointer, ImportNotes notes) {
        this.given = given;
        this.pointer = pointer;
        this.notes = notes;
    }

    /** Returns the length of a time chunk, if a definition supports it. */
    Optional<SegmentGranularity> segmentGranularity() {
        JsonNode value = given.path("segmentGranularity");
        if (value.isMissingNode() || value.isNull()) {
            return Optional.of(SegmentGranularity.DAY);
        }
        if (value.isTextual()) {
            return SegmentGranularity.ofName(value.textValue());
        }
        boolean isUtc = List.of("", "UTC", "Etc/UTC", "Z")
                .contains(value.path("timeZone").asText(""));
        return isUtc && !value.hasNonNull("origin")
                ? SegmentGranularity.ofPeriod(value.path("period").asText())
                : Optional.empty();
    }

    /** Returns the granularitySpec in a definition's form, without intervals. */
    ObjectNode granularitySpec() {
        ObjectNode spec = given.deepCopy();
        if (spec.path("intervals").size() > 0) {
            notes.comment("/schema/granularitySpec", "The spec's intervals are left out: each batch has its own");
        }
        spec.remove("intervals");
        if (spec.path("type").asText("uniform").equals("uniform")) {
            spec.remove("type");
        } else {
            notes.add(
                    ImportCode.NOT_EXPRESSIBLE,
                    pointer + "/granularitySpec/type",
                    "A definition has uniform time chunks, but these are " + spec.path("type"),
                    "a uniform granularitySpec",
                    "/schema/granularitySpec");
        }
        segmentGranularity()
                .ifPresentOrElse(
                        known -> spec.put("segmentGranularity", known.name()),
                        () -> notes.add(
                                ImportCode.NOT_EXPRESSIBLE,
                                pointer + "/granularitySpec/segmentGranularity",
                                "A definition has time chunks of a fixed length in UTC, but this is "
                                        + spec.path("segmentGranularity"),
                                "DAY, HOUR or another of Druid's names",
                                "/schema/granularitySpec"));
        JsonNode query = spec.path("queryGranularity");
        if (query.isNull()) {
            spec.remove("queryGranularity");
        } else if (query.size() == 1 && query.path("type").isTextual()) {
            spec.set(
                    "queryGranularity",
                    TextNode.valueOf(query.path("type").asText().toUpperCase(Locale.ROOT)));
        }
        ImportDefaults.strip(spec, "granularitySpec", "granularitySpec");
        return spec;
    }
}
