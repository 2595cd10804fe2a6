package sluice;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.platform.secrets.DefinitionSecrets;

/** The arrows between the floors and packages point one way, and the core stays pure. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter().importPath("target/classes/sluice");

    /** From the bottom to the top: each floor may use itself and those before it. */
    private static final List<String> FLOORS = List.of("core", "platform", "ingest", "govern", "upkeep", "entry");

    private static final String NATIVE_IMAGE = "sluice.nativeimage..";

    private static final int MAX_PARAMETERS = 7;

    static final ArchRule everyClassHasAFloor = classes()
            .that(DescribedPredicate.not(DescribedPredicate.describe(
                    "are package-info",
                    (JavaClass javaClass) -> javaClass.getSimpleName().equals("package-info"))))
            .should()
            .resideInAnyPackage(
                    Stream.concat(FLOORS.stream().map(ArchitectureTest::everythingIn), Stream.of(NATIVE_IMAGE))
                            .toArray(String[]::new));

    static final ArchRule packagesHaveNoCycles =
            SlicesRuleDefinition.slices().matching("sluice.(**)").should().beFreeOfCycles();

    static final ArchRule nobodyUsesNativeImage = noClasses()
            .that()
            .resideOutsideOfPackage(NATIVE_IMAGE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(NATIVE_IMAGE);

    /** A setting is a method of its package's {@code ...Settings}, so that its default is written once. */
    static final ArchRule settingsAreMapped =
            noClasses().should().dependOnClassesThat().areAssignableTo(ConfigProperty.class);

    static final ArchRule coreKnowsNoFrameworkAndDoesNoInputOrOutput = noClasses()
            .that()
            .resideInAPackage("sluice.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta..",
                    "io.quarkus..",
                    "io.smallrye..",
                    "org.eclipse.microprofile..",
                    "org.jboss..",
                    "software.amazon..",
                    "com.amazonaws..",
                    "java.net.http..",
                    "java.nio.file..")
            .orShould()
            .dependOnClassesThat(namedLike("java\\.io\\.(File|RandomAccessFile).*"));

    static final ArchRule coreIsToldTheTimeAndTheEnvironment = noClasses()
            .that()
            .resideInAPackage("sluice.core..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class);

    /** Others see the state table, whose words are ours. */
    static final ArchRule onlyThePlatformKnowsDynamoDb = noClasses()
            .that()
            .resideOutsideOfPackages("sluice.platform..", NATIVE_IMAGE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.services.dynamodb..");

    /** Druid's HTTP APIs are called behind the seam; everybody else speaks to {@code DruidCluster}. */
    static final ArchRule onlyPlatformDruidCallsOverHttp = noClasses()
            .that()
            .resideOutsideOfPackages("sluice.platform.druid", NATIVE_IMAGE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.ws.rs..",
                    "org.jboss.resteasy..",
                    "org.eclipse.microprofile.rest.client..",
                    "io.quarkus.rest.client..",
                    "io.quarkus.resteasy..",
                    "org.eclipse.microprofile.faulttolerance..",
                    "io.smallrye.faulttolerance..");

    /** Everybody else talks to the seams, such as {@code ObjectStore}, whose place a fake can take. */
    static final ArchRule oneClassCallsEachService = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("sluice.platform.objects.S3ObjectStore")
            .and()
            .doNotHaveFullyQualifiedName("sluice.platform.event.EventBridgeBus")
            .and()
            .doNotHaveFullyQualifiedName("sluice.platform.secrets.AwsSecretSource")
            .and()
            .resideOutsideOfPackages("sluice.platform.aws", NATIVE_IMAGE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "software.amazon.awssdk.services.s3..",
                    "software.amazon.awssdk.services.eventbridge..",
                    "software.amazon.awssdk.services.secretsmanager..",
                    "software.amazon.awssdk.services.ssm..");

    /** Nobody else can store, log or answer the value of a secret. */
    static final ArchRule onlyPlatformDruidGetsTheValuesOfSecrets = noClasses()
            .that()
            .resideOutsideOfPackages("sluice.platform.secrets", "sluice.platform.druid")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "get values of secrets",
                    javaClass -> javaClass.getPackageName().equals("sluice.platform.secrets")
                            && !javaClass.getSimpleName().equals("DefinitionSecrets")))
            .orShould()
            .callMethod(DefinitionSecrets.class, "resolved", String.class);

    /** A service that needs more does more than one thing. A record has as many as it has data. */
    static final ArchRule servicesHaveFewCollaborators = classes()
            .that()
            .areNotRecords()
            .should(new ArchCondition<>("have no constructor with more than " + MAX_PARAMETERS + " parameters") {
                @Override
                public void check(JavaClass javaClass, ConditionEvents events) {
                    for (JavaConstructor constructor : javaClass.getConstructors()) {
                        int count = constructor.getRawParameterTypes().size();
                        events.add(new SimpleConditionEvent(
                                constructor,
                                count <= MAX_PARAMETERS,
                                constructor.getFullName() + " has " + count + " parameters"));
                    }
                }
            });

    static final ArchRule jsonUsesNobody = onlyUses("core.json");

    static final ArchRule contractUsesJsonAndTheVersion = onlyUses("core.contract", "core.json", "core.version");

    /** The jar of the command line holds these packages and no others. */
    static final ArchRule commandLineUsesTheCore = onlyUses("entry.cli", "core");

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void holds(String name, ArchRule rule) {
        assertThat(rule.evaluate(CLASSES).getFailureReport().getDetails())
                .as(name)
                .isEmpty();
    }

    static Stream<Arguments> rules() {
        List<Arguments> rules = new ArrayList<>(List.of(
                arguments("everyClassHasAFloor", everyClassHasAFloor),
                arguments("packagesHaveNoCycles", packagesHaveNoCycles),
                arguments("nobodyUsesNativeImage", nobodyUsesNativeImage),
                arguments("settingsAreMapped", settingsAreMapped),
                arguments("coreKnowsNoFrameworkAndDoesNoInputOrOutput", coreKnowsNoFrameworkAndDoesNoInputOrOutput),
                arguments("coreIsToldTheTimeAndTheEnvironment", coreIsToldTheTimeAndTheEnvironment),
                arguments("onlyThePlatformKnowsDynamoDb", onlyThePlatformKnowsDynamoDb),
                arguments("onlyPlatformDruidCallsOverHttp", onlyPlatformDruidCallsOverHttp),
                arguments("oneClassCallsEachService", oneClassCallsEachService),
                arguments("onlyPlatformDruidGetsTheValuesOfSecrets", onlyPlatformDruidGetsTheValuesOfSecrets),
                arguments("servicesHaveFewCollaborators", servicesHaveFewCollaborators),
                arguments("jsonUsesNobody", jsonUsesNobody),
                arguments("contractUsesJsonAndTheVersion", contractUsesJsonAndTheVersion),
                arguments("commandLineUsesTheCore", commandLineUsesTheCore)));
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            rules.add(arguments(
                    FLOORS.get(floor) + "UsesOnlyFloorsBelow",
                    onlyUses(FLOORS.get(floor), FLOORS.subList(0, floor).toArray(String[]::new))));
        }
        return rules.stream();
    }

    @Test
    void noTwoClassesShareASimpleName() {
        List<String> shared = CLASSES.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(javaClass -> !javaClass.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getSimpleName, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(name -> name.getValue() > 1)
                .map(name -> name.getKey())
                .toList();

        assertThat(shared).isEmpty();
    }

    private static ArchRule onlyUses(String name, String... others) {
        String[] allowed = Stream.concat(Stream.of(name), Stream.of(others))
                .map(ArchitectureTest::everythingIn)
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> foreign = resideInAPackage("sluice..")
                .and(resideOutsideOfPackages(allowed))
                .as("other packages of Sluice than %s", String.join(", ", allowed));
        return noClasses().that(resideInAnyPackage(everythingIn(name))).should().dependOnClassesThat(foreign);
    }

    private static String everythingIn(String name) {
        return "sluice." + name + "..";
    }

    private static DescribedPredicate<JavaClass> namedLike(String pattern) {
        return DescribedPredicate.describe(
                "are named " + pattern, javaClass -> javaClass.getName().matches(pattern));
    }
}
