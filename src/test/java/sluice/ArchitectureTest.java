package sluice;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.time.Instant;

/** The arrows between the packages point one way, and the pure ones stay pure. */
@AnalyzeClasses(packages = "sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] PURE = {"sluice.definition..", "sluice.batch..", "sluice.spec..", "sluice.contract.."
    };

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            SlicesRuleDefinition.slices().matching("sluice.(*)..").should().beFreeOfCycles();

    @ArchTest
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

    @ArchTest
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

    @ArchTest
    static final ArchRule contractUsesNobody = onlyUses("contract");

    @ArchTest
    static final ArchRule definitionUsesContract = onlyUses("definition", "contract");

    @ArchTest
    static final ArchRule batchUsesDefinition = onlyUses("batch", "definition");

    @ArchTest
    static final ArchRule specUsesThePurePackages = onlyUses("spec", "definition", "batch", "contract");

    @ArchTest
    static final ArchRule druidUsesNobody = onlyUses("druid");

    @ArchTest
    static final ArchRule eventUsesNobody = onlyUses("event");

    @ArchTest
    static final ArchRule nobodyUsesTheEntryPoints = noClasses()
            .that()
            .resideOutsideOfPackages("sluice.function..", "sluice.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("sluice.function..", "sluice.cli..");

    @ArchTest
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
