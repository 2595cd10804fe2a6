package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import sluice.core.json.JsonPointers;

/** Finds placeholders of templates that were never filled in, as Helm, Jinja, shells and documentation write them. */
final class Placeholders {
    /** Not a secret of a definition ({@code ${secret:NAME}}), which is put in when the spec is posted. */
    private static final Pattern TEMPLATE =
            Pattern.compile("\\{\\{[^{}]*\\}\\}|\\{%[^{}%]*%\\}|<%[^<>%]*%>|\\$\\{(?!secret:[A-Z])[^{}]*\\}");
    /** A secret of a definition, in a spec that nobody puts it into. */
    private static final Pattern SECRET = Pattern.compile("\\$\\{secret:[A-Z][A-Z0-9_]*\\}");

    private static final Pattern MARK =
            Pattern.compile("<[A-Za-z][A-Za-z0-9_ .-]*>|(?<!%)%[A-Za-z_][A-Za-z0-9_]{2,}%(?!%)"
                    + "|#\\{[^{}]*\\}|\\$\\([A-Za-z][^()]*\\)|%\\([A-Za-z_]+\\)s");

    /** Marks that are a placeholder only if they are the whole text. */
    private static final Pattern WHOLE = Pattern.compile(
            "\\$[A-Z_][A-Z0-9_]*|@[A-Za-z][A-Za-z0-9_.-]*@|\\(\\([^()]+\\)\\)|\\[\\[[^\\[\\]]+]]|\\{[A-Za-z][A-Za-z0-9_ .-]*}");

    /** Names that work as they are, and Druid's own test data has the first of them. */
    private static final Pattern DOUBLE =
            Pattern.compile("%%[A-Za-z_][A-Za-z0-9_]{2,}%%|^__[A-Z][A-Z0-9_]*[A-Z0-9]__$");

    /** Names and addresses, in which '<' and '%' mean nothing. */
    private static final Set<String> NAMES =
            Set.of("dataSource", "topic", "stream", "endpoint", "bootstrap.servers", "region");

    /** Texts in a language of their own, in which such marks may mean something, and keys of objects as they are. */
    private static final Set<String> FREE = Set.of(
            "data",
            "escape",
            "expr",
            "expression",
            "function",
            "path",
            "pattern",
            "query",
            "regex",
            "sql",
            "sqls",
            "topicPattern",
            "value",
            "values");

    private Placeholders() {}

    /** Returns true if the text has a placeholder of any kind. Only for places where such a text makes no sense. */
    static boolean in(String text) {
        return TEMPLATE.matcher(text).find()
                || MARK.matcher(text).find()
                || WHOLE.matcher(text).matches();
    }

    /** Reports the secrets of definitions in a spec that somebody wrote: only Sluice puts them in, into its own specs. */
    static void secrets(JsonNode node, String pointer, FindingCollector findings) {
        if (node.isTextual() && SECRET.matcher(node.textValue()).find()) {
            findings.add(
                    ContractCode.PLACEHOLDER,
                    pointer,
                    "'" + node.textValue()
                            + "' stands for a secret of a definition, which is put into Sluice's own specs" + " only",
                    "a spec that Sluice generates, or another way to the secret",
                    null,
                    null);
        }
        node.properties()
                .forEach(entry -> secrets(entry.getValue(), JsonPointers.child(pointer, entry.getKey()), findings));
        for (int index = 0; node.isArray() && index < node.size(); index++) {
            secrets(node.get(index), pointer + "/" + index, findings);
        }
    }

    /** Reports every text with a placeholder, except in languages of their own. */
    static void filledIn(SpecView spec, FindingCollector findings) {
        collect("", spec.document(), findings);
    }

    private static void collect(String key, SpecNode place, FindingCollector findings) {
        JsonNode node = place.node();
        if (node.isTextual()) {
            String text = node.textValue();
            boolean open =
                    NAMES.contains(key) ? in(text) : TEMPLATE.matcher(text).find();
            if (open) {
                report(place.pointer(), text, findings);
            } else if (NAMES.contains(key) && DOUBLE.matcher(text).find()) {
                findings.add(
                        ContractCode.PLACEHOLDER_NAME,
                        place,
                        "'" + text + "' looks like a placeholder",
                        "a name that is meant",
                        null);
            }
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                boolean resolvedByKafka = key.equals("consumerProperties") && node.has("config.providers");
                if (!FREE.contains(entry.getKey()) && !resolvedByKafka) {
                    collect(entry.getKey(), place.get(entry.getKey()), findings);
                }
            }
        } else {
            place.entries().forEach(entry -> collect(key, entry, findings));
        }
    }

    static void report(String pointer, String text, FindingCollector findings) {
        if (!findings.has(ContractCode.PLACEHOLDER, pointer)) {
            findings.add(
                    ContractCode.PLACEHOLDER,
                    pointer,
                    "'" + text + "' was never filled in",
                    "a value instead of the placeholder",
                    "fill the template in first, and check its result",
                    null);
        }
    }
}
