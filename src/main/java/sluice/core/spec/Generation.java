package sluice.core.spec;

import java.util.List;
import sluice.core.contract.Finding;

/** What came of generating a spec: the spec, or why there can be none. */
public sealed interface Generation {

    List<Finding> findings();

    /**
     * @param spec ready for the contract check and submission
     * @param findings warnings and infos: what was decided and why, never an error
     */
    record Generated(GeneratedSpec spec, List<Finding> findings) implements Generation {
        public Generated {
            findings = List.copyOf(findings);
        }
    }

    /** @param findings at least one error */
    record Refused(List<Finding> findings) implements Generation {
        public Refused {
            findings = List.copyOf(findings);
            if (!Finding.anyError(findings)) {
                throw new IllegalArgumentException("A batch is refused for a reason");
            }
        }
    }
}
