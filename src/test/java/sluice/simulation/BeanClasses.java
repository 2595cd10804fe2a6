package sluice.simulation;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import sluice.entry.function.PollFunction;

/** The classes of src/main that a container would know. */
public final class BeanClasses {

    private static final List<Class<?>> ALL = all();
    private static final Map<Class<?>, List<?>> BY_TYPE = new ConcurrentHashMap<>();
    private static final Map<Class<?>, List<?>> BY_PRIORITY = new ConcurrentHashMap<>();

    private BeanClasses() {}

    /** The beans of this type, itself included. */
    @SuppressWarnings("unchecked") // each class was asked whether it is of the type
    public static <T> List<Class<? extends T>> implementing(Class<T> type) {
        return (List<Class<? extends T>>) BY_TYPE.computeIfAbsent(type, wanted -> ALL.stream()
                .filter(each ->
                        each.isAnnotationPresent(ApplicationScoped.class) || each.isAnnotationPresent(Singleton.class))
                .filter(wanted::isAssignableFrom)
                .toList());
    }

    /** The beans of this type as ArC orders them: the highest priority first. */
    @SuppressWarnings("unchecked") // each class was asked whether it is of the type
    public static <T> List<Class<? extends T>> byPriority(Class<T> type) {
        return (List<Class<? extends T>>) BY_PRIORITY.computeIfAbsent(type, any -> implementing(type).stream()
                .sorted(Comparator.<Class<? extends T>>comparingInt(BeanClasses::priority)
                        .reversed()
                        .thenComparing(Class::getName))
                .toList());
    }

    /** The priority of a bean; 0 if it has none. */
    public static int priority(Class<?> bean) {
        Priority priority = bean.getAnnotation(Priority.class);
        return priority == null ? 0 : priority.value();
    }

    /** The classes with this annotation. */
    public static List<Class<?>> annotated(Class<? extends Annotation> annotation) {
        return ALL.stream().filter(each -> each.isAnnotationPresent(annotation)).toList();
    }

    private static Path classes() {
        try {
            return Path.of(PollFunction.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Unit tests see a folder of classes; integration tests, which come after packaging, see a jar. */
    private static List<Class<?>> all() {
        Path classes = classes();
        if (Files.isDirectory(classes)) {
            return below(classes);
        }
        try (FileSystem jar = FileSystems.newFileSystem(classes)) {
            return below(jar.getPath("/"));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static List<Class<?>> below(Path classes) {
        try (Stream<Path> files = Files.walk(classes.resolve("sluice"))) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    .filter(name -> !name.startsWith("sluice/nativeimage") && !name.startsWith("sluice/entry/cli"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .<Class<?>>map(BeanClasses::named)
                    .toList();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name, false, BeanClasses.class.getClassLoader());
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
