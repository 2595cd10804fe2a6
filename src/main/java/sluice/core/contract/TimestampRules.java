package sluice.core.contract;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Set;
import sluice.core.json.Edit;

/** Checks the timestampSpec. */
final class TimestampRules {
    private static final Set<String> NAMED = Set.of("auto", "iso", "posix", "millis", "micro", "nano", "ruby");
    private static final String PATTERN_LETTERS = "GCYxwyDMdaKhHkmsSzZEe";

    private TimestampRules() {}

    static void present(SpecView spec, FindingCollector findings) {
        SpecNode dataSchema = spec.dataSchema();
        if (!spec.isBatch() && !spec.isStream() || !dataSchema.present() || dataSchema.has("parser")) {
            return;
        }
        SpecNode timestamp = dataSchema.get("timestampSpec");
        if (!timestamp.present()) {
            findings.add(
                    ContractCode.TIMESTAMP_SPEC_MISSING,
                    dataSchema,
                    "'timestampSpec' is missing",
                    "{\"column\": ..., \"format\": ...}",
                    null);
        } else if (!timestamp.has("column")) {
            findings.add(
                    ContractCode.TIMESTAMP_DEFAULT,
                    timestamp,
                    "there is no column",
                    "the name of the timestamp column",
                    null);
        }
    }

    static void format(SpecView spec, FindingCollector findings) {
        SpecNode format = spec.timestampSpec().get("format");
        String text = format.present() ? format.node().asText() : null;
        if (text != null && !NAMED.contains(text.toLowerCase(Locale.ROOT)) && !isPattern(text)) {
            String near = NearestWord.ofValue(text, NAMED);
            findings.add(
                    ContractCode.TIMESTAMP_FORMAT,
                    format,
                    "'" + text + "' is not a timestamp format",
                    "auto, iso, posix, millis, micro, nano, ruby or a Joda-Time pattern",
                    near == null ? null : "did you mean '" + near + "'?");
            String meant = NearestWord.certain(text, NAMED);
            if (meant != null) {
                findings.repair(
                        ContractCode.TIMESTAMP_FORMAT,
                        format.pointer(),
                        new Edit.Put(format.pointer(), TextNode.valueOf(meant)));
            }
        }
    }

    /** Joda-Time's rule: every letter outside quotes must be a known one. */
    private static boolean isPattern(String text) {
        boolean quoted = false;
        for (char letter : text.toCharArray()) {
            if (letter == '\'') {
                quoted = !quoted;
            } else if (!quoted && Character.isLetter(letter) && letter < 128 && PATTERN_LETTERS.indexOf(letter) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
