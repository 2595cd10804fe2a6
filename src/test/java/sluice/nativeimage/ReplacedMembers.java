package sluice.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Members of libraries and of the JDK that classes of this package replace or use in the executable. */
final class ReplacedMembers {

    private ReplacedMembers() {}

    /** Classes whose methods take the place of a library's. */
    static List<Class<?>> replacements() {
        String folder = Replacement.class.getPackageName().replace('.', '/');
        try {
            Path root = Path.of(Replacement.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.list(root.resolve(folder))) {
                return files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".class") && !name.startsWith("package-info"))
                        .<Class<?>>map(name -> load(Replacement.class.getPackageName() + "."
                                + name.substring(0, name.length() - ".class".length())))
                        .filter(type -> type.isAnnotationPresent(TargetClass.class))
                        .sorted((left, right) -> left.getName().compareTo(right.getName()))
                        .toList();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (URISyntaxException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Methods, constructors and fields of the class that must be there in the original. */
    static List<Member> members(Class<?> replacement) {
        return Stream.<Member[]>of(
                        replacement.getDeclaredMethods(),
                        replacement.getDeclaredConstructors(),
                        replacement.getDeclaredFields())
                .flatMap(Stream::of)
                .filter(member -> isAnnotated(member, Substitute.class) || isAnnotated(member, Alias.class))
                .toList();
    }

    /** Methods and constructors of the library that the class replaces. */
    static List<Executable> replaced(Class<?> replacement) {
        return members(replacement).stream()
                .filter(member -> isAnnotated(member, Substitute.class))
                .map(member -> (Executable) original(replacement, member))
                .toList();
    }

    static Class<?> original(Class<?> replacement) {
        TargetClass target = replacement.getAnnotation(TargetClass.class);
        return target.className().isEmpty() ? target.value() : load(target.className());
    }

    /**
     * Finds the member of the original: same kind, name and parameters, static where the replacement's is.
     *
     * @throws AssertionError if there is none
     */
    static Member original(Class<?> replacement, Member member) {
        Class<?> original = original(replacement);
        Member found;
        try {
            if (member instanceof Method method) {
                found = original.getDeclaredMethod(method.getName(), parameters(method));
            } else if (member instanceof Constructor<?> constructor) {
                found = original.getDeclaredConstructor(parameters(constructor));
            } else {
                found = original.getDeclaredField(((Field) member).getName());
            }
        } catch (NoSuchMethodException | NoSuchFieldException missing) {
            throw new AssertionError(original.getName() + " no longer has " + member, missing);
        }
        if (Modifier.isStatic(found.getModifiers()) != Modifier.isStatic(member.getModifiers())) {
            throw new AssertionError("only one of both is static: " + found + ", " + member);
        }
        return found;
    }

    /** The original's parameters: where one is of a replaced class, the replacement has its own class for it. */
    private static Class<?>[] parameters(Executable executable) {
        return Stream.of(executable.getParameterTypes())
                .map(type -> type.isAnnotationPresent(TargetClass.class) ? original(type) : type)
                .toArray(Class<?>[]::new);
    }

    private static boolean isAnnotated(Member member, Class<? extends Annotation> annotation) {
        return ((AnnotatedElement) member).isAnnotationPresent(annotation);
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ReplacedMembers.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new AssertionError("no longer there: " + name, missing);
        }
    }
}
