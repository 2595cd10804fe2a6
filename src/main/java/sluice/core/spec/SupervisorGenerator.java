package sluice.core.spec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import sluice.core.contract.Finding;
import sluice.core.definition.Compaction;
import sluice.core.definition.Definition;
import sluice.core.definition.StreamDefinition;
import sluice.core.json.CanonicalJson;

/**
 * Generates the supervisors of a definition's streams (<a
 * href="https://druid.apache.org/docs/latest/ingestion/supervisor">supervisor</a>): the schema that batch uses too, and
 * Sluice's fields, which those of the definition override.
 *
 * <p>Sluice's own fields: messages are JSON. A stream's first supervisor begins with the earliest message, because
 * Druid's default (the latest) would skip existing messages. Unparseable rows are logged, and a few are kept for the
 * report. If something else also writes the datasource, a batch part, another stream or compaction, locks are concurrent
 * (apache/druid #9466). All other fields are Druid's defaults.
 *
 * <p>The id is that of the stream, or else Druid's own: the datasource's name. Druid supports the field {@code id} from
 * version 34 on, which the contract checks.
 */
public final class SupervisorGenerator {

    private final Definition definition;
    private final SpecDefaults defaults;
    private final List<Finding> findings = new ArrayList<>();

    private SupervisorGenerator(Definition definition, SpecDefaults defaults) {
        this.definition = definition;
        this.defaults = defaults;
    }

    /**
     * The supervisors, in the order of the streams.
     *
     * @param supervisors empty if a finding is an error
     * @param findings what was decided, and what is wrong, pointing into the definition
     */
    public record Result(List<GeneratedSupervisor> supervisors, List<Finding> findings) {
        public Result {
            findings = List.copyOf(findings);
            supervisors = Finding.anyError(findings) ? List.of() : List.copyOf(supervisors);
        }
    }

    /** Generates the supervisors. The same definition and defaults give the same bytes. */
    public static Result generate(Definition definition, SpecDefaults defaults) {
        return new SupervisorGenerator(definition, defaults).generate();
    }

    private Result generate() {
        List<GeneratedSupervisor> supervisors = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int index = 0; index < definition.stream().size(); index++) {
            StreamDefinition stream = definition.stream().get(index);
            String id = stream.id() == null ? definition.datasource() : stream.id();
            String pointer = "/stream/" + index;
            if (!ids.add(id)) {
                findings.add(SpecCode.SUPERVISOR_ID_TWICE.finding(
                        pointer,
                        "An earlier stream already uses the supervisor '" + id + "'",
                        "a different 'id' (Druid 34 and later; earlier versions run one supervisor per datasource)"));
            }
            ObjectNode supervisor = supervisor(stream, pointer);
            CanonicalJson.inexactNumber(supervisor)
                    .ifPresent(place -> findings.add(SpecCode.inexactNumber(place, supervisor)));
            if (!Finding.anyError(findings)) {
                supervisors.add(new GeneratedSupervisor(id, index, new GeneratedSpec(supervisor)));
            }
        }
        return new Result(supervisors, findings);
    }

    private ObjectNode supervisor(StreamDefinition stream, String pointer) {
        ObjectNode supervisor = JsonNodeFactory.instance.objectNode();
        supervisor.put("type", type(stream));
        if (stream.id() != null && !stream.id().equals(definition.datasource())) {
            supervisor.put("id", stream.id());
        }
        ObjectNode spec = supervisor.putObject("spec");
        spec.set("dataSchema", RollupChoice.of(definition, SpecHints.NONE).dataSchema(definition));
        spec.set("ioConfig", ioConfig(stream, pointer));
        spec.set("tuningConfig", tuningConfig(stream));
        ObjectNode context = supervisor.putObject("context");
        // Tasks of two supervisors that share a time chunk cannot both allocate segments otherwise (apache/druid
        // #18082).
        boolean othersWrite = definition.batch() != null
                || definition.compaction().engine() != Compaction.Engine.NONE
                || definition.stream().size() > 1;
        if (othersWrite) {
            context.put("useConcurrentLocks", true);
        }
        return supervisor;
    }

    private ObjectNode ioConfig(StreamDefinition stream, String pointer) {
        ObjectNode ioConfig = JsonNodeFactory.instance.objectNode();
        ioConfig.put("type", type(stream));
        ioConfig.putObject("inputFormat").put("type", "json");
        switch (stream.type()) {
            case KAFKA -> ioConfig.put("useEarliestOffset", true);
            case KINESIS -> ioConfig.put("useEarliestSequenceNumber", true);
        }
        ObjectNode given = stream.ioConfig();
        if (!given.has("inputFormat")) {
            findings.add(SpecCode.MESSAGE_FORMAT_CHOSEN.finding(pointer, "Messages are read as JSON", null));
        }
        ioConfig.setAll(given);
        boolean scaled =
                given.path("autoScalerConfig").path("enableTaskAutoScaler").asBoolean();
        if (scaled && given.has("taskCount")) {
            findings.add(SpecCode.TASK_COUNT_SCALED.finding(
                    pointer + "/taskCount",
                    "The autoscaler decides the number of tasks",
                    "autoScalerConfig.taskCountStart, or no autoscaler"));
        }
        return ioConfig;
    }

    private ObjectNode tuningConfig(StreamDefinition stream) {
        ObjectNode tuning = JsonNodeFactory.instance.objectNode();
        tuning.put("type", type(stream));
        tuning.put("logParseExceptions", true);
        tuning.put("maxSavedParseExceptions", defaults.maxSavedParseExceptions());
        if (defaults.maxRowsInMemory() != null) {
            tuning.put("maxRowsInMemory", defaults.maxRowsInMemory());
        }
        tuning.setAll(stream.tuningConfig());
        return tuning;
    }

    private static String type(StreamDefinition stream) {
        return stream.type().name().toLowerCase(Locale.ROOT);
    }
}
