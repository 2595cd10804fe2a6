package sluice.core.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question that makes a Druid cluster list the types of one kind. Druid refuses a document with a type that does not
 * exist, and says which there are: {@code Could not resolve type id 'x' as a subtype of ... known type ids = [a, b]}. It
 * refuses the document while it reads it, so nothing is created. Three kinds cannot be asked for, because Druid takes a
 * default instead of an unknown type: {@link #UNLISTED}.
 *
 * @param kind the kind, as {@link ExtensionTypes} calls it
 * @param path where to post the document
 * @param document what to post, as JSON
 */
public record TypeProbe(String kind, String path, String document) {

    /** Kinds of which Druid does not list the types. */
    public static final List<String> UNLISTED =
            List.of("dimension", "dimensionSpec", "partitionsSpec", "splitHintSpec");

    /** No extension has it, and no datasource. */
    private static final String UNKNOWN = "sluice_no_such_type";

    private static final String TASKS = "/druid/indexer/v1/task";
    private static final String SUPERVISORS = "/druid/indexer/v1/supervisor";
    private static final String RULES = "/druid/coordinator/v1/rules/" + UNKNOWN;
    /** It reads the ingestion spec of an {@code index} task, knows no {@code index_parallel}, and at most samples a line of text. */
    private static final String SAMPLER = "/druid/indexer/v1/sampler";

    private static final String SPEC =
            """
            {"type": "index",
             "spec": {"dataSchema": {"dataSource": "sluice_no_such_type",
                "timestampSpec": {"column": "t", "format": "auto"}, "dimensionsSpec": {"dimensions": ["a"]},
                "granularitySpec": {"segmentGranularity": "DAY"}%s},
              "ioConfig": {"type": "index", "inputSource": %s, "inputFormat": %s},
              "tuningConfig": {"type": "index"}}}""";

    private static final String SOURCE = "{\"type\": \"inline\", \"data\": \"{}\"}";
    private static final String FORMAT = "{\"type\": \"json\"}";

    private static final Pattern LISTED = Pattern.compile("known type ids = \\[([^\\[\\]]*)]");
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Tasks that Druid makes for itself, a supervisor that is only a marker, and aggregators that Druid cannot read from JSON.
     * Nobody writes their specs.
     */
    private static final Set<String> INTERNAL = Set.of(
            "index_kafka",
            "index_kinesis",
            "index_rabbit",
            "index_sub",
            "NoopSupervisorSpec",
            "partial_dimension_cardinality",
            "partial_dimension_distribution",
            "partial_index_generate",
            "partial_index_generic_merge",
            "partial_range_index_generate",
            "query_controller",
            "query_worker",
            "single_phase_sub_task",
            "stringFirstFold",
            "stringLastFold");

    /** Returns a question for each kind that can be asked for. */
    public static List<TypeProbe> all() {
        String unknown = "{\"type\": \"" + UNKNOWN + "\"}";
        return List.of(
                schema("aggregator", ", \"metricsSpec\": [" + unknown + "]"),
                schema(
                        "extractionFn",
                        ", \"transformSpec\": {\"filter\": {\"type\": \"selector\", \"dimension\": \"a\", \"value\": \"b\","
                                + " \"extractionFn\": " + unknown + "}}"),
                schema("filter", ", \"transformSpec\": {\"filter\": " + unknown + "}"),
                spec("inputFormat", "", SOURCE, unknown),
                spec("inputSource", "", unknown, FORMAT),
                new TypeProbe("rule", RULES, "[" + unknown + "]"),
                new TypeProbe("supervisor", SUPERVISORS, unknown),
                new TypeProbe("task", TASKS, unknown),
                schema("transform", ", \"transformSpec\": {\"transforms\": [" + unknown + "]}"),
                schema(
                        "virtualColumn",
                        ", \"projections\": [{\"type\": \"aggregate\", \"name\": \"p\", \"virtualColumns\": [" + unknown
                                + "], \"groupingColumns\": [{\"type\": \"string\", \"name\": \"a\"}],"
                                + " \"aggregators\": [{\"type\": \"count\", \"name\": \"c\"}]}]"));
    }

    private static TypeProbe schema(String kind, String part) {
        return spec(kind, part, SOURCE, FORMAT);
    }

    private static TypeProbe spec(String kind, String schema, String source, String format) {
        return new TypeProbe(kind, SAMPLER, SPEC.formatted(schema, source, format));
    }

    /** Returns the types that an answer lists; empty if it lists none, as that of a proxy. */
    public Set<String> listed(String answer) {
        Matcher list = LISTED.matcher(answer);
        Set<String> types = new TreeSet<>();
        if (list.find()) {
            Arrays.stream(list.group(1).split(","))
                    .map(String::strip)
                    .filter(type -> !type.isEmpty())
                    .forEach(types::add);
        }
        return types;
    }

    /** Returns which of these types the contract does not know, and somebody may write. */
    public Set<String> unknownTo(Contract contract, Set<String> types) {
        Set<String> unknown = new TreeSet<>();
        for (String type : types) {
            if (!INTERNAL.contains(type) && isUnknown(contract, type)) {
                unknown.add(type);
            }
        }
        return unknown;
    }

    private boolean isUnknown(Contract contract, String type) {
        return contract.check(contractKind(), with(type)).stream()
                .anyMatch(finding -> finding.code().equals(ContractCode.UNKNOWN_TYPE.id())
                        && finding.message().contains("'" + type + "'"));
    }

    private String contractKind() {
        return switch (path) {
            case RULES -> "rules";
            case SUPERVISORS -> "supervisor";
            default -> "task";
        };
    }

    private JsonNode with(String type) {
        try {
            return JSON.readTree(
                    document.replace("\"type\": \"" + UNKNOWN + "\"", "\"type\": " + JSON.writeValueAsString(type)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
