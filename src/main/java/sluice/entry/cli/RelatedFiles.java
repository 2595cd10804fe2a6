package sluice.entry.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import sluice.core.contract.Contract;

/**
 * Which files of a repository are definitions or Druid's. The pre-commit hook gets every JSON and YAML file that is
 * staged, also those that have nothing to do with Druid.
 */
final class RelatedFiles {

    /** What every related file mentions. {@code infra/cli/sluice} looks for the same words before it starts Java. */
    static final String WORDS = "sluice/|dataSource|dataSchema|ioConfig|Forever|ByPeriod|ByInterval";

    private static final Pattern MENTION = Pattern.compile(WORDS);
    private static final Pattern DEFINITION =
            Pattern.compile("(?m)^\\s*[{]?\\s*[\"']?apiVersion[\"']?\\s*:\\s*[\"']?sluice/");
    private static final Pattern TYPE = Pattern.compile("[\"']type[\"']\\s*[:=]?\\s*[\"']([A-Za-z_]+)[\"']");
    private static final Pattern KEY =
            Pattern.compile("[\"'](dataSource|dataSchema|ioConfig|queryType)[\"']\\s*[:=\"'{]");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Takes what people write and Druid refuses, so that the contract can say what is wrong with it. */
    private static final JsonMapper LENIENT = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    private final Contract contract;

    RelatedFiles(Contract contract) {
        this.contract = contract;
    }

    boolean contain(SourceFile file) {
        if (!MENTION.matcher(file.text()).find()) {
            return false;
        }
        if (DEFINITION.matcher(file.text()).find() || file.isDefinition() && !SourceFile.isYaml(file.name())) {
            return true;
        }
        if (SourceFile.isYaml(file.name())) {
            return false;
        }
        return contract.recognises(document(file.text()));
    }

    private static JsonNode document(String text) {
        try {
            return LENIENT.readTree(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        } catch (JsonProcessingException broken) {
            return outline(text);
        }
    }

    /** The keys of a text that is no JSON, as far as they tell what it was meant to be. */
    private static JsonNode outline(String text) {
        ObjectNode outline = LENIENT.createObjectNode();
        KEY.matcher(text).results().forEach(key -> outline.putNull(key.group(1)));
        TYPE.matcher(text).results().findFirst().ifPresent(type -> outline.put("type", type.group(1)));
        return outline;
    }
}
