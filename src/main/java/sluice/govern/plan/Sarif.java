package sluice.govern.plan;

import java.util.ArrayList;
import java.util.List;
import sluice.core.contract.FileFinding;
import sluice.core.contract.SarifLog;
import sluice.core.plan.DefinitionPlan;

/** Writes the findings of plans as a SARIF log, which code hosts show at the lines of a change. */
public final class Sarif {

    private Sarif() {}

    /** Returns the log. The artifact of a finding is {@code <datasource>.yaml}; the caller maps it to the file's path. */
    public static String of(List<DefinitionPlan> plans) {
        List<FileFinding> found = new ArrayList<>();
        for (DefinitionPlan plan : plans) {
            String file = (plan.datasource() == null ? "definition" : plan.datasource()) + ".yaml";
            plan.findings().forEach(finding -> found.add(new FileFinding(file, finding)));
        }
        return SarifLog.of(found);
    }
}
