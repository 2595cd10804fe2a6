package sluice.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import sluice.terraform.TerraformModule.Declaration;

/** What the module sets in a function's environment is what the code reads from it. */
class SettingsTest {

    /** Set by the module itself, from what it makes and from variables of other forms. */
    private static final Set<String> OF_THE_MODULE = Set.of(
            "SLUICE_BUCKETS",
            "SLUICE_BUCKET_OWNERS",
            "SLUICE_BUS",
            "SLUICE_DEFINITIONS",
            "SLUICE_ENVIRONMENT",
            "SLUICE_GATE_ROLES",
            "SLUICE_METRICS_DATASOURCES",
            "SLUICE_REACH",
            "SLUICE_SECRETS",
            "SLUICE_TABLE",
            "SLUICE_VARIABLES");

    /** For S3 servers other than AWS, and for machines without API Gateway. */
    private static final Set<String> NOT_FOR_AWS = Set.of("SLUICE_GATE_OPEN", "SLUICE_S3_PATH_STYLE");

    /** Secrets, which would be readable in Terraform's state and in Lambda; the module knows their references alone. */
    private static final Set<String> SECRETS_OF_A_CLUSTER =
            Set.of("USERNAME", "PASSWORD", "BEARER_TOKEN", "TLS_CONFIGURATION");

    private static final Pattern SETTING = Pattern.compile("^    ([A-Z0-9_]+)\\s+= var\\.(\\w+)$", Pattern.MULTILINE);
    private static final Pattern CLUSTER_SETTING =
            Pattern.compile("^        ([A-Z_]+)\\s+= c\\.\\w+$", Pattern.MULTILINE);

    private final CallGraph code = CallGraph.ofThisProject();
    private final TerraformModule module = TerraformModule.ofThisProject();

    @Test
    void everySettingOfTheCodeIsAVariableAndTheOtherWayRound() {
        // Given
        Set<String> read = new TreeSet<>(settings().keySet());
        read.removeAll(OF_THE_MODULE);
        read.removeAll(NOT_FOR_AWS);

        // When
        Set<String> set = SETTING.matcher(module.read("variables-settings.tf"))
                .results()
                .map(setting -> "SLUICE_" + setting.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(set).isEqualTo(read);
    }

    @Test
    void aVariableIsNamedAsItsSetting() {
        // When
        List<String[]> settings = SETTING.matcher(module.read("variables-settings.tf"))
                .results()
                .map(setting -> new String[] {setting.group(1), setting.group(2)})
                .toList();

        // Then
        assertThat(settings).isNotEmpty().allSatisfy(setting -> assertThat(setting[1].toUpperCase(Locale.ROOT))
                .isEqualTo(setting[0]));
    }

    @Test
    void aVariableTellsTheDefaultThatTheCodeHas() {
        // Given
        Map<String, Optional<String>> settings = settings();

        // When
        List<Declaration> variables = module.variables().stream()
                .filter(variable ->
                        settings.containsKey("SLUICE_" + variable.name().toUpperCase(Locale.ROOT)))
                .filter(variable ->
                        !OF_THE_MODULE.contains("SLUICE_" + variable.name().toUpperCase(Locale.ROOT)))
                .toList();

        // Then
        assertThat(variables).isNotEmpty().allSatisfy(variable -> assertThat(variable.description())
                .endsWith(settings.get("SLUICE_" + variable.name().toUpperCase(Locale.ROOT))
                        .map(standard -> " Default: `" + standard + "`.")
                        .orElse(" Default: Druid's own.")));
    }

    @Test
    void everySettingOfAClusterIsAnAttributeExceptItsSecrets() {
        // Given
        Set<String> read = clusterSettings();
        read.removeAll(SECRETS_OF_A_CLUSTER);

        // When
        Set<String> set = CLUSTER_SETTING
                .matcher(module.read("functions.tf"))
                .results()
                .map(setting -> setting.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(set).isEqualTo(read);
    }

    @Test
    void theTableForgetsByTheAttributeThatTheCodeWrites() throws ReflectiveOperationException {
        // When
        String attribute = (String) loaded(named("StateTable")).getField("TTL").get(null);

        // Then
        assertThat(module.read("table.tf")).contains("ttl_attribute = \"" + attribute + "\"");
    }

    /** Every environment variable that the code reads, with its default. */
    private Map<String, Optional<String>> settings() {
        Map<String, Optional<String>> settings = new TreeMap<>();
        for (JavaClass javaClass : code.classes()) {
            if (javaClass.isAnnotatedWith(ConfigMapping.class)) {
                ConfigMapping mapping = javaClass.getAnnotationOfType(ConfigMapping.class);
                addMapped(mapping.prefix(), loaded(javaClass), settings);
            }
        }
        for (Object constant : loaded(named("DefaultVariable")).getEnumConstants()) {
            settings.put(call(constant, "variable"), Optional.ofNullable(call(constant, "standard")));
        }
        return settings;
    }

    private static void addMapped(String prefix, Class<?> mapping, Map<String, Optional<String>> settings) {
        for (Method method : mapping.getMethods()) {
            // A map by names, such as that of the clusters: its settings carry the name.
            if (!method.isAnnotationPresent(WithParentName.class)) {
                String name = prefix + "." + property(method);
                if (method.getReturnType().isInterface()
                        && method.getReturnType().getPackageName().startsWith("sluice")) {
                    addMapped(name, method.getReturnType(), settings);
                } else {
                    settings.put(
                            variable(name),
                            Optional.ofNullable(method.getAnnotation(WithDefault.class))
                                    .map(WithDefault::value));
                }
            }
        }
    }

    private Set<String> clusterSettings() {
        return Arrays.stream(loaded(named("ClusterConfig")).getDeclaredMethods())
                .map(method -> variable(property(method)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The name that SmallRye gives the property of a method. */
    private static String property(Method method) {
        WithName name = method.getAnnotation(WithName.class);
        return name != null
                ? name.value()
                : method.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** Packages change, names of classes less so. */
    private JavaClass named(String simpleName) {
        return code.classes().stream()
                .filter(javaClass -> javaClass.getSimpleName().equals(simpleName))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no class " + simpleName));
    }

    private static Class<?> loaded(JavaClass javaClass) {
        try {
            return Class.forName(javaClass.getName());
        } catch (ClassNotFoundException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static String call(Object target, String method) {
        try {
            return (String) target.getClass().getMethod(method).invoke(target);
        } catch (ReflectiveOperationException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
