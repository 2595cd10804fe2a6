package sluice;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the packages point one way, and the pure ones stay pure. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("sluice");

    private static final String[] PURE = {"sluice.definition..", "sluice.batch..", "sluice.spec..", "sluice.contract.."
    };

    static final ArchRule packagesHaveNoCycles =
            SlicesRuleDefinition.slices().matching("sluice.(*)..").should().beFreeOfCycles();

    static final ArchRule purePackagesKnowNoFrameworkAndDoNoInputOrOutput = noClasses()
            .that()
            .resideInAnyPackage(PURE)
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

    static final ArchRule purePackagesAreToldTheTimeAndTheEnvironment = noClasses()
            .that()
            .resideInAnyPackage(PURE)
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

    static final ArchRule contractUsesNobody = onlyUses("contract");

    static final ArchRule definitionUsesContract = onlyUses("definition", "contract");

    static final ArchRule batchUsesDefinition = onlyUses("batch", "definition");

    static final ArchRule specUsesThePurePackages = onlyUses("spec", "definition", "batch", "contract");

    static final ArchRule druidUsesNobody = onlyUses("druid");

    static final ArchRule eventUsesNobody = onlyUses("event");

    static final ArchRule nobodyUsesTheEntryPoints = noClasses()
            .that()
            .resideOutsideOfPackages("sluice.function..", "sluice.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("sluice.function..", "sluice.cli..");

    static final ArchRule onlyTheFoundationsAreUsedByTheFoundations = noClasses()
            .that()
            .resideInAnyPackage(
                    "sluice.definition..",
                    "sluice.batch..",
                    "sluice.spec..",
                    "sluice.contract..",
                    "sluice.druid..",
                    "sluice.event..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "sluice.intake..",
                    "sluice.run..",
                    "sluice.state..",
                    "sluice.plan..",
                    "sluice.gate..",
                    "sluice.retention..",
                    "sluice.compaction..",
                    "sluice.registry..",
                    "sluice.function..",
                    "sluice.cli..");

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void holds(String name, ArchRule rule) {
        assertThat(rule.evaluate(CLASSES).getFailureReport().getDetails())
                .as(name)
                .isEmpty();
    }

    static Stream<Arguments> rules() {
        return Stream.of(
                arguments("packagesHaveNoCycles", packagesHaveNoCycles),
                arguments(
                        "purePackagesKnowNoFrameworkAndDoNoInputOrOutput",
                        purePackagesKnowNoFrameworkAndDoNoInputOrOutput),
                arguments("purePackagesAreToldTheTimeAndTheEnvironment", purePackagesAreToldTheTimeAndTheEnvironment),
                arguments("contractUsesNobody", contractUsesNobody),
                arguments("definitionUsesContract", definitionUsesContract),
                arguments("batchUsesDefinition", batchUsesDefinition),
                arguments("specUsesThePurePackages", specUsesThePurePackages),
                arguments("druidUsesNobody", druidUsesNobody),
                arguments("eventUsesNobody", eventUsesNobody),
                arguments("nobodyUsesTheEntryPoints", nobodyUsesTheEntryPoints),
                arguments("onlyTheFoundationsAreUsedByTheFoundations", onlyTheFoundationsAreUsedByTheFoundations));
    }

    private static ArchRule onlyUses(String name, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = "sluice." + name + "..";
        for (int index = 0; index < others.length; index++) {
            allowed[index + 1] = "sluice." + others[index] + "..";
        }
        DescribedPredicate<JavaClass> foreign = resideInAPackage("sluice..")
                .and(DescribedPredicate.not(resideInAnyPackage(allowed)))
                .as("other packages of Sluice than %s", String.join(", ", allowed));
        return noClasses()
                .that()
                .resideInAPackage("sluice." + name + "..")
                .should()
                .dependOnClassesThat(foreign);
    }

    private static DescribedPredicate<JavaClass> namedLike(String pattern) {
        return DescribedPredicate.describe(
                "are named " + pattern, javaClass -> javaClass.getName().matches(pattern));
    }
}
