package sluice.core.definition.reader;

import java.util.List;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;

/** The result of reading a definition: the definition, or the reasons why there is none. */
public sealed interface ReadResult {

    List<Finding> findings();

    /**
     * @param definition complete and checked
     * @param findings warnings and infos, never an error
     */
    record Valid(Definition definition, List<Finding> findings) implements ReadResult {
        public Valid {
            findings = List.copyOf(findings);
        }
    }

    /** @param findings at least one error, in the order of the text; also warnings */
    record Invalid(List<Finding> findings) implements ReadResult {
        public Invalid {
            findings = List.copyOf(findings);
            if (!Finding.anyError(findings)) {
                throw new IllegalArgumentException("An invalid definition needs at least one error");
            }
        }
    }
}
