package sluice.nativeimage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import sluice.sandbox.component.Components;
import sluice.sandbox.component.FunctionPackage;

/**
 * Measures all contenders in turns, each turn in another order, so that what else the machine does falls on all alike, and
 * prints the tables as Markdown.
 * Arguments: how often, and the folder with the packages. {@code native.zip} is the executable that is shipped,
 * {@code empty.zip} the function that does nothing, {@code jvm.zip} the functions for the JVM; any other package is an
 * executable to compare with the shipped one.
 */
public final class StartupBench {

    private static final String SHIPPED = "native";
    private static final String EMPTY = "empty";
    private static final String ON_JVM = "jvm";
    private static final String SUFFIX = ".zip";
    /** The first turns read the files from disk; they do not count. */
    private static final int UNCOUNTED = 2;

    private StartupBench() {}

    public static void main(String[] arguments) throws IOException {
        int turns = Integer.parseInt(arguments[0]);
        Path folder = Path.of(arguments[1]);
        // Before the first process: start them by the shortest way, without a helper program between.
        System.setProperty("jdk.lang.Process.launchMechanism", "VFORK");
        Components.resolve();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (QuietWorld world = new QuietWorld(threads)) {
            Contenders contenders = new Contenders(world.uri());
            Contender empty = contenders.empty(unpacked(folder, EMPTY));
            List<Contender> all = new ArrayList<>();
            all.add(empty);
            List<String> executables = executables(folder);
            for (String executable : executables) {
                all.addAll(contenders.executables(executable, unpacked(folder, executable)));
            }
            if (Files.exists(zip(folder, ON_JVM))) {
                all.addAll(contenders.jvmFunctions(unpacked(folder, ON_JVM)));
                contenders.python().ifPresent(all::add);
            }
            Map<Contender, Launches> launches = measure(all, turns, folder.resolve("startup.log"), threads);
            System.out.print(new Table(empty, launches).markdown());
            System.out.print(new Comparison(SHIPPED, launches).markdown());
            System.out.println();
            for (String name : executables) {
                printSize(folder, name);
            }
            printSize(folder, EMPTY);
        } finally {
            threads.shutdownNow();
        }
    }

    /** The shipped one first. */
    private static List<String> executables(Path folder) throws IOException {
        List<String> names = new ArrayList<>(List.of(SHIPPED));
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .filter(name -> !List.of(SHIPPED, EMPTY, ON_JVM).contains(name))
                    .sorted()
                    .forEach(names::add);
        }
        return names;
    }

    private static Map<Contender, Launches> measure(
            List<Contender> contenders, int turns, Path log, ExecutorService threads) {
        Map<Contender, List<Sample>> samples = new LinkedHashMap<>();
        contenders.forEach(contender -> samples.put(contender, new ArrayList<>()));
        List<Contender> order = new ArrayList<>(contenders);
        Random random = new Random(turns);
        for (int turn = -UNCOUNTED; turn < turns; turn++) {
            // Who comes after a large process finds the caches of the processor cold.
            Collections.shuffle(order, random);
            for (Contender contender : order) {
                Sample sample = Launch.of(contender, log, threads);
                if (turn >= 0) {
                    samples.get(contender).add(sample);
                }
            }
        }
        Map<Contender, Launches> launches = new LinkedHashMap<>();
        samples.forEach((contender, all) -> launches.put(contender, new Launches(all)));
        return launches;
    }

    private static void printSize(Path folder, String name) throws IOException {
        System.out.printf(
                "Executable %s: %d MB, zip %d MB.%n",
                name, megabytes(folder.resolve(name).resolve("bootstrap")), megabytes(zip(folder, name)));
    }

    private static FunctionPackage unpacked(Path folder, String name) {
        return FunctionPackage.unpack(zip(folder, name), folder.resolve(name));
    }

    private static Path zip(Path folder, String name) {
        return folder.resolve(name + SUFFIX);
    }

    private static long megabytes(Path file) throws IOException {
        return Math.round(Files.size(file) / 1e6);
    }
}
