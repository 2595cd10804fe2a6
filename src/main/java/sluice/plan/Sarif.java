package sluice.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import sluice.contract.Finding;
import sluice.contract.Severity;

/**
 * The findings of plans as a SARIF 2.1.0 log, which code hosts show at the lines of a change.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public final class Sarif {

    private Sarif() {}

    /** The log; the artifact of a finding is {@code <datasource>.yaml}, for the caller to map to the file's path. */
    public static ObjectNode of(List<DefinitionPlan> plans) {
        ObjectNode log = JsonNodeFactory.instance.objectNode();
        log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json").put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver").put("name", "sluice");
        ArrayNode rules = driver.putArray("rules");
        TreeSet<String> codes = new TreeSet<>();
        plans.forEach(plan -> plan.findings().forEach(finding -> codes.add(finding.code())));
        codes.forEach(code -> rules.addObject().put("id", code));
        ArrayNode results = run.putArray("results");
        for (DefinitionPlan plan : plans) {
            String file = (plan.datasource() == null ? "definition" : plan.datasource()) + ".yaml";
            plan.findings().forEach(finding -> result(results.addObject(), finding, file));
        }
        return log;
    }

    private static void result(ObjectNode result, Finding finding, String file) {
        result.put("ruleId", finding.code())
                .put(
                        "level",
                        finding.severity() == Severity.INFO
                                ? "note"
                                : finding.severity().name().toLowerCase(Locale.ROOT));
        result.putObject("message")
                .put(
                        "text",
                        finding.message() + (finding.expected() == null ? "" : "; expected: " + finding.expected()));
        ObjectNode location = result.putArray("locations").addObject();
        ObjectNode physical = location.putObject("physicalLocation");
        physical.putObject("artifactLocation").put("uri", file);
        if (finding.line() != null) {
            ObjectNode region = physical.putObject("region").put("startLine", finding.line());
            if (finding.column() != null) {
                region.put("startColumn", finding.column());
            }
        }
        location.putArray("logicalLocations").addObject().put("fullyQualifiedName", finding.pointer());
    }
}
