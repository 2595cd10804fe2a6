package sluice.core.reach;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import sluice.core.contract.Finding;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.Definition;
import sluice.core.json.JsonPointers;
import sluice.core.json.SecretPlaceholders;

/**
 * Checks a definition against what its environment allows. Beside the bucket, it looks at every part that Sluice passes on to
 * Druid in Druid's own words.
 *
 * @see <a href="https://druid.apache.org/docs/latest/operations/security-overview">Druid: security overview</a>
 */
public final class ReachCheck {

    /** The parts in Druid's own words. */
    private static final List<String> PARTS =
            List.of("/schema", "/batch/inputFormat", "/batch/tuningConfig", "/batch/partitions", "/stream");

    private static final Pattern ADDRESS_KEY = Pattern.compile("(?i)(.*[._-])?(url|urls|uri|uris|descriptor|endpoint)");
    private static final Pattern CAMEL_ADDRESS_KEY = Pattern.compile(".*[a-z](Url|Urls|URL|URLs|Uri|Uris|Endpoint)");
    private static final Pattern ADDRESS =
            Pattern.compile("(?i)\\s*(jar:|file:|[a-z][a-z0-9+.-]*:/).*", Pattern.DOTALL);
    private static final Pattern KINESIS = Pattern.compile(
            "(https://)?kinesis(-fips)?\\.[a-z]{2}(-[a-z]+)+-[0-9]\\.(amazonaws\\.com|amazonaws\\.com\\.cn|api\\.aws)/?");
    /** Keys whose values are names of classes. */
    private static final Pattern CLASS_KEY =
            Pattern.compile("(?i)(.*\\.)?(class|classes|reporters|providers|deserializer|serializer|interceptors)"
                    + "|partition\\.assignment\\.strategy");
    /** Classes of Kafka itself and of the login that AWS gives away. None reads what an option names but keys and tokens. */
    private static final Set<String> CLASSES = Set.of(
            "org.apache.kafka.common.security.plain.PlainLoginModule",
            "org.apache.kafka.common.security.scram.ScramLoginModule",
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule",
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
            "org.apache.kafka.common.security.oauthbearer.secured.OAuthBearerLoginCallbackHandler",
            "software.amazon.msk.auth.iam.IAMLoginModule",
            "software.amazon.msk.auth.iam.IAMClientCallbackHandler",
            "org.apache.kafka.clients.consumer.RangeAssignor",
            "org.apache.kafka.clients.consumer.RoundRobinAssignor",
            "org.apache.kafka.clients.consumer.StickyAssignor",
            "org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
            "org.apache.kafka.common.serialization.ByteArrayDeserializer",
            "org.apache.kafka.common.metrics.JmxReporter");

    private final ReachPolicy policy;
    private final List<Finding> findings = new ArrayList<>();

    private ReachCheck(ReachPolicy policy) {
        this.policy = policy;
    }

    /** Returns an error for everything that the definition names and the policy does not allow. */
    public static List<Finding> of(Definition definition, ReachPolicy policy) {
        ReachCheck check = new ReachCheck(policy);
        BatchDefinition batch = definition.batch();
        if (batch != null) {
            check.bucket(
                    definition.datasource(),
                    batch.source().bucket(),
                    batch.source().prefix());
        }
        JsonNode document = definition.document();
        for (String part : PARTS) {
            check.walk(document.at(part), part, part.substring(part.lastIndexOf('/') + 1));
        }
        return List.copyOf(check.findings);
    }

    private void bucket(String datasource, String bucket, String prefix) {
        if (!policy.allows(datasource, bucket, prefix)) {
            findings.add(ReachCode.BUCKET_NOT_ALLOWED.finding(
                    "/batch/source",
                    "The environment does not let " + datasource + " read s3://" + bucket + "/" + prefix,
                    "a bucket and a prefix that SLUICE_BUCKETS gives to " + datasource));
        }
    }

    private void walk(JsonNode node, String pointer, String key) {
        if (node.isObject()) {
            object(node, pointer);
            for (Map.Entry<String, JsonNode> property : node.properties()) {
                walk(property.getValue(), JsonPointers.child(pointer, property.getKey()), property.getKey());
            }
        } else if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                walk(node.get(index), JsonPointers.child(pointer, index), key);
            }
        } else if (node.isTextual()) {
            text(key, node.textValue(), pointer);
        }
    }

    private void object(JsonNode object, String pointer) {
        String type = object.path("type").asText();
        if (type.equalsIgnoreCase("javascript") && !policy.has(ReachPolicy.JAVASCRIPT)) {
            findings.add(ReachCode.JAVASCRIPT_NOT_ALLOWED.finding(
                    pointer,
                    "JavaScript runs inside of Druid's servers",
                    "an expression, or javascript in SLUICE_REACH"));
        }
        boolean names = object.has("variable") || object.has("variables");
        if (type.equals("environment") && names && !policy.has(ReachPolicy.ENVIRONMENT)) {
            findings.add(ReachCode.LOCAL_READ_NOT_ALLOWED.finding(
                    pointer,
                    "This reads environment variables of Druid's servers",
                    "a secret of SLUICE_SECRETS, or environment in SLUICE_REACH"));
        }
        JsonNode provider = object.path("druid.dynamic.config.provider");
        String kind = provider.path("type").asText();
        if (provider.isObject() && !kind.equals("mapString") && !kind.equals("environment")) {
            findings.add(ReachCode.LOCAL_READ_NOT_ALLOWED.finding(
                    JsonPointers.child(pointer, "druid.dynamic.config.provider"),
                    "A configuration provider of type '" + kind + "' is not known",
                    "mapString"));
        }
    }

    private void text(String key, String text, String pointer) {
        if (key.equals("bootstrap.servers")) {
            return;
        }
        if (key.equals("config.providers") || key.startsWith("config.providers.")) {
            if (!policy.has(ReachPolicy.CONFIG_PROVIDERS)) {
                findings.add(ReachCode.LOCAL_READ_NOT_ALLOWED.finding(
                        pointer,
                        "Kafka's configuration providers read files and environment variables of Druid's servers",
                        "a secret of SLUICE_SECRETS, or config-providers in SLUICE_REACH"));
            }
        } else if (key.equals("sasl.jaas.config")) {
            JaasModules.of(text).forEach(module -> loaded(module, pointer));
        } else if (CLASS_KEY.matcher(key).matches()) {
            for (String name : text.split(",")) {
                loaded(name.strip(), pointer);
            }
        } else if (key.toLowerCase(Locale.ROOT).endsWith("kinit.cmd")) {
            findings.add(ReachCode.COMMAND_NOT_ALLOWED.finding(
                    pointer, "Druid's servers would run this command", "no command"));
        } else if (key.equals("awsAssumedRoleArn")) {
            role(text, pointer);
        } else if (isRegex(key, pointer)) {
            regex(text, pointer);
        } else if (isAddress(key, text)) {
            address(key, text, pointer);
        }
    }

    private void loaded(String name, String pointer) {
        boolean isSecret = name.startsWith(SecretPlaceholders.START);
        if (!name.isEmpty() && !isSecret && !CLASSES.contains(name) && !policy.allowsClass(name)) {
            findings.add(ReachCode.CLASS_NOT_ALLOWED.finding(
                    pointer,
                    "Druid's servers would load the class '" + name + "'",
                    "a login module of Kafka (Plain, Scram, OAuthBearer) or AWS MSK, or class=... in SLUICE_REACH"));
        }
    }

    private void role(String arn, String pointer) {
        if (!policy.allowsRole(arn)) {
            findings.add(ReachCode.ROLE_NOT_ALLOWED.finding(
                    pointer,
                    "Druid would assume the role '" + arn + "'",
                    "a role that role=... in SLUICE_REACH allows"));
        }
    }

    private void regex(String pattern, String pointer) {
        if (!policy.has(ReachPolicy.REGEX) && RegexRisk.of(pattern)) {
            findings.add(ReachCode.REGEX_NOT_ALLOWED.finding(
                    pointer,
                    "This regular expression may try a text in exponentially many ways",
                    "no repetition of a group that repeats or has alternatives, or regex in SLUICE_REACH"));
        }
    }

    private void address(String key, String text, String pointer) {
        for (String address : text.split(",")) {
            String one = address.strip();
            boolean isKinesis = key.equals("endpoint") && KINESIS.matcher(one).matches();
            // Without a scheme, Druid looks for a descriptor on its class path, and a registry refuses to start.
            boolean isName = key.equals("descriptor") && one.indexOf(':') < 0;
            if (!one.isEmpty() && !isKinesis && !isName && !policy.allowsAddress(one)) {
                findings.add(ReachCode.ADDRESS_NOT_ALLOWED.finding(
                        pointer,
                        "Druid would open an address that the environment does not allow",
                        "an address that address=... in SLUICE_REACH allows"));
            }
        }
    }

    private static boolean isRegex(String key, String pointer) {
        return key.equals("pattern")
                || key.equals("topicPattern")
                || key.equals("expr") && pointer.contains("xtractionFn");
    }

    private static boolean isAddress(String key, String text) {
        return ADDRESS_KEY.matcher(key).matches()
                || CAMEL_ADDRESS_KEY.matcher(key).matches()
                || ADDRESS.matcher(text).matches();
    }
}
