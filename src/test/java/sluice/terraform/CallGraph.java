package sluice.terraform;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.funqy.Funq;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which code a function reaches, read from Sluice's own class files.
 *
 * <p>The graph errs on the side of too much: a call of an interface reaches every implementation, and a lambda counts as
 * reached where it is written. It does not see reflection, nor a call that a library makes of Sluice's code without being
 * handed it.
 */
final class CallGraph {

    private static CallGraph ofThisProject;

    private final JavaClasses classes;

    private CallGraph(JavaClasses classes) {
        this.classes = classes;
    }

    /** Of this project; its classes are read once. */
    static synchronized CallGraph ofThisProject() {
        if (ofThisProject == null) {
            ofThisProject = new CallGraph(ArchConfiguration.withThreadLocalScope(configuration -> {
                // What lies outside is known by name, which is all that is asked of it; reading it takes half a minute.
                configuration.setResolveMissingDependenciesFromClassPath(false);
                return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("sluice");
            }));
        }
        return ofThisProject;
    }

    /** All classes of the functions and of the command line. */
    JavaClasses classes() {
        return classes;
    }

    /** The method that Funqy exports by this name. */
    JavaMethod function(String name) {
        return classes.stream()
                .flatMap(javaClass -> javaClass.getMethods().stream())
                .filter(method -> isFunction(method) && nameOf(method).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no method is annotated @Funq(\"" + name + "\")"));
    }

    static boolean isFunction(JavaMethod method) {
        return method.isAnnotatedWith(Funq.class);
    }

    /** By what name Funqy exports a function. */
    static String nameOf(JavaMethod function) {
        return function.getAnnotationOfType(Funq.class).value();
    }

    /** Every access that the code makes which can be reached from a method. */
    Set<JavaAccess<?>> accesses(JavaMethod start) {
        Set<JavaCodeUnit> reached = new LinkedHashSet<>();
        Deque<JavaCodeUnit> open = new ArrayDeque<>();
        open.add(start);
        Set<JavaAccess<?>> accesses = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            JavaCodeUnit unit = open.poll();
            if (reached.add(unit)) {
                accesses.addAll(unit.getAccessesFromSelf());
                construction(unit.getOwner()).forEach(open::add);
                unit.getAccessesFromSelf().stream()
                        .filter(JavaCodeUnitAccess.class::isInstance)
                        .flatMap(access -> targets((JavaCodeUnitAccess<?>) access))
                        .forEach(open::add);
            }
        }
        return accesses;
    }

    /** The container makes a bean before anybody calls it. */
    private static Stream<JavaCodeUnit> construction(JavaClass owner) {
        return Stream.concat(
                owner.getConstructors().stream().map(JavaCodeUnit.class::cast),
                owner.getStaticInitializer().stream().map(JavaCodeUnit.class::cast));
    }

    private Stream<JavaCodeUnit> targets(JavaCodeUnitAccess<?> access) {
        JavaClass owner = access.getTarget().getOwner();
        if (!owner.getPackageName().startsWith("sluice")) {
            return Stream.empty();
        }
        Optional<? extends JavaCodeUnit> declared = access.getTarget().resolveMember();
        Stream<JavaCodeUnit> overriding = owner.getAllSubclasses().stream()
                .flatMap(subclass -> subclass.getCodeUnits().stream())
                .filter(unit -> unit instanceof JavaMethod
                        && unit.getName().equals(access.getTarget().getName())
                        && unit.getRawParameterTypes().size()
                                == access.getTarget().getRawParameterTypes().size());
        return Stream.concat(declared.stream().map(JavaCodeUnit.class::cast), overriding);
    }
}
