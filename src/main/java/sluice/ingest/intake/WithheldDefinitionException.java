package sluice.ingest.intake;

import sluice.core.batch.InvalidDefinition;

/**
 * An object matches no definition that can be read, and the store withholds the text of another one. Nobody can say whether the
 * object belongs to that one. So it gets no outcome, and its message comes again.
 */
public class WithheldDefinitionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WithheldDefinitionException(Arrival arrival, InvalidDefinition withheld) {
        super(arrival + " may belong to a definition that cannot be read now: " + withheld.summary());
    }
}
