package sluice.entry.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sluice.core.contract.FileFinding;
import sluice.core.contract.SarifLog;
import sluice.core.plan.PlanMarkdown;

/** A format for plans. */
interface PlanReport {

    String text(List<FilePlan> plans);

    static PlanReport of(String format) {
        return switch (format) {
            case "json" -> PlanReport::json;
            case "markdown" ->
                plans -> PlanMarkdown.of(plans.stream().map(FilePlan::plan).toList());
            case "sarif" -> PlanReport::sarif;
            default -> PlanText::of;
        };
    }

    /** The API's response, with the file of each definition. */
    private static String json(List<FilePlan> plans) {
        JsonMapper mapper = JsonMapper.builder().build();
        ObjectNode body = mapper.createObjectNode();
        body.put("changes", FilePlan.overall(plans).name().toLowerCase(Locale.ROOT));
        ArrayNode list = body.putArray("plans");
        for (FilePlan plan : plans) {
            ObjectNode node = mapper.valueToTree(plan.plan());
            node.put("changes", plan.plan().changes().name().toLowerCase(Locale.ROOT));
            list.add(node.put("file", plan.file().name()));
        }
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(body) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A tree is JSON", impossible);
        }
    }

    private static String sarif(List<FilePlan> plans) {
        List<FileFinding> found = new ArrayList<>();
        plans.forEach(plan -> plan.plan()
                .findings()
                .forEach(finding -> found.add(new FileFinding(plan.file().name(), finding))));
        return SarifLog.of(found) + "\n";
    }
}
