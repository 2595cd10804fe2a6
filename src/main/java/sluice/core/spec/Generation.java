package sluice.core.spec;

import java.util.List;
import sluice.core.contract.Finding;

/** The result of generating a spec: the spec, or the reasons why there is none. */
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
                throw new IllegalArgumentException("A refused batch needs at least one error");
            }
        }
    }
}
