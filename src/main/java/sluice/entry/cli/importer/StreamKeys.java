package sluice.entry.cli.importer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import sluice.core.contract.Finding;
import sluice.core.definition.reader.DefinitionCode;
import sluice.core.definition.reader.DefinitionReader;
import sluice.core.definition.reader.Variables;

/** Asks the reader of definitions which fields of a supervisor's ioConfig a definition supports. */
final class StreamKeys {

    private static final String STREAM = "/stream/0/";

    private StreamKeys() {}

    /** Removes fields that the reader does not know, with a finding for each. */
    static void keepKnown(ObjectNode definition, DruidSpec spec, ImportNotes notes) {
        ObjectNode stream = (ObjectNode) definition.at("/stream/0");
        String text = VariableNode.escaped(definition).toString();
        for (Finding finding :
                DefinitionReader.read(text, "import.json", Variables.NONE).findings()) {
            String place = finding.pointer();
            boolean isUnknown = finding.code().equals(DefinitionCode.UNKNOWN_KEY.code()) && place.startsWith(STREAM);
            if (isUnknown && stream.remove(List.of(place.substring(STREAM.length()))) != null) {
                notes.add(
                        ImportCode.NOT_EXPRESSIBLE,
                        spec.pointer("ioConfig") + "/" + place.substring(STREAM.length()),
                        "A definition's stream cannot have '" + place.substring(STREAM.length()) + "'",
                        finding.suggestion(),
                        "/stream");
            }
        }
    }
}
