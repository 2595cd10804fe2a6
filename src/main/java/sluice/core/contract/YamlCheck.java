package sluice.core.contract;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.json.JsonPointers;
import sluice.core.json.LocatedDocument;
import sluice.core.json.Position;
import sluice.core.json.UnreadableTextException;
import sluice.core.json.YamlText;

/** Checks a Druid spec that is kept as YAML and converted to JSON before it is posted. */
final class YamlCheck {
    private YamlCheck() {}

    static List<Finding> check(String text, Contract contract) {
        List<Finding> found = new ArrayList<>();
        try {
            LocatedDocument document = YamlText.read(
                    text,
                    (position, pointer, key) -> found.add(finding(
                            ContractCode.DUPLICATE_KEY,
                            pointer,
                            position,
                            "the key occurs twice",
                            "each key once in an object")));
            contract.checkWritten(document.root()).forEach(finding -> found.add(located(finding, document)));
        } catch (UnreadableTextException malformed) {
            found.add(finding(
                    ContractCode.NOT_YAML,
                    "",
                    malformed.position(),
                    malformed.getMessage(),
                    "one YAML document without tags"));
        }
        return List.copyOf(found);
    }

    /** What is missing has the place of the object that lacks it. */
    private static Finding located(Finding finding, LocatedDocument document) {
        Position position = null;
        for (String pointer = finding.pointer(); position == null; pointer = JsonPointers.parent(pointer)) {
            position = document.keys().getOrDefault(pointer, document.values().get(pointer));
            if (pointer.isEmpty()) {
                break;
            }
        }
        return new Finding(
                finding.code(),
                finding.severity(),
                finding.pointer(),
                position == null ? null : position.line(),
                position == null ? null : position.column(),
                finding.message(),
                finding.expected(),
                finding.suggestion(),
                finding.url());
    }

    private static Finding finding(
            ContractCode code, String pointer, @Nullable Position position, String message, String expected) {
        return new Finding(
                code.id(),
                code.severity(),
                pointer,
                position == null ? null : position.line(),
                position == null ? null : position.column(),
                message,
                expected,
                null,
                null);
    }
}
