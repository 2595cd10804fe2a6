package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.core.json.Edit;

/** The edits that bring a spec from the forms of earlier Druid versions to today's; see {@link LegacyForms}. */
final class LegacyEdits {
    private static final String PARSER = "/dataSchema/parser";

    private LegacyEdits() {}

    /**
     * Returns what replaces the parser; nothing if no inputFormat reads what it reads.
     *
     * @param parts pointer of the object with dataSchema and ioConfig
     */
    static List<Edit> parser(JsonNode document, String parts) {
        JsonNode parser = document.at(parts + PARSER);
        JsonNode ioConfig = document.at(parts + "/ioConfig");
        Optional<ObjectNode> format = LegacyForms.inputFormat(parser);
        if (format.isEmpty() || !ioConfig.isObject()) {
            return List.of();
        }
        List<Edit> edits = new ArrayList<>();
        for (String part : List.of("timestampSpec", "dimensionsSpec")) {
            boolean set = document.at(parts + "/dataSchema").has(part);
            if (parser.path("parseSpec").has(part) && !set) {
                edits.add(new Edit.Move(parts + PARSER + "/parseSpec/" + part, parts + "/dataSchema/" + part));
            }
        }
        if (!ioConfig.has("inputFormat") && !readsRows(ioConfig)) {
            edits.add(new Edit.Put(parts + "/ioConfig/inputFormat", format.get()));
        }
        edits.add(new Edit.Remove(parts + PARSER));
        return edits;
    }

    private static boolean readsRows(JsonNode ioConfig) {
        String type = ioConfig.path("inputSource").path("type").asText();
        String earlier = LegacyForms.inputSource(ioConfig.path("firehose"))
                .map(source -> source.path("type").asText())
                .orElse(type);
        return InputRules.deliversRows(earlier);
    }

    /**
     * Returns what replaces the firehose; nothing if no inputSource reads what it reads.
     *
     * @param parts pointer of the object with dataSchema and ioConfig
     */
    static List<Edit> firehose(JsonNode document, String parts) {
        JsonNode ioConfig = document.at(parts + "/ioConfig");
        Optional<ObjectNode> source = LegacyForms.inputSource(ioConfig.path("firehose"));
        if (source.isEmpty()) {
            return List.of();
        }
        List<Edit> edits = new ArrayList<>();
        if (!ioConfig.hasNonNull("inputSource")) {
            edits.add(new Edit.Put(parts + "/ioConfig/inputSource", source.get()));
        }
        boolean hasFormat =
                ioConfig.has("inputFormat") || document.at(parts + PARSER).isObject();
        if (!hasFormat && !readsRows(ioConfig)) {
            LegacyForms.formatOfFiles(ioConfig.get("firehose"))
                    .ifPresent(format -> edits.add(new Edit.Put(parts + "/ioConfig/inputFormat", format)));
        }
        edits.add(new Edit.Remove(parts + "/ioConfig/firehose"));
        return edits;
    }
}
