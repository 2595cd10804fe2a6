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
import sluice.sandbox.component.Components;
import sluice.sandbox.component.FunctionPackage;
import sluice.sandbox.component.Project;

/**
 * Measures everybody in turns, each turn in another order, so that what else the machine does falls on all alike, and
 * prints the table as Markdown.
 * Arguments: how often (15 if not said). {@code infra/bench/startup} has put the packages into {@code target/bench}.
 */
public final class StartupBench {

    private static final int TURNS = 15;
    /** The first turns read the files from disk; they do not count. */
    private static final int UNCOUNTED = 2;

    private StartupBench() {}

    public static void main(String[] arguments) throws IOException {
        int turns = arguments.length == 0 ? TURNS : Integer.parseInt(arguments[0]);
        // Before the first process: start them by the shortest way, without a helper program between.
        System.setProperty("jdk.lang.Process.launchMechanism", "VFORK");
        Components.resolve();
        Path folder = Project.folder("target", "bench");
        ExecutorService threads = Executors.newCachedThreadPool();
        try (QuietWorld world = new QuietWorld(threads)) {
            Contenders contenders = new Contenders(world.uri());
            FunctionPackage functions = unpacked(folder, "native");
            Contender empty = contenders.empty(unpacked(folder, "empty"));
            List<Contender> all = new ArrayList<>();
            all.add(empty);
            all.addAll(contenders.nativeFunctions(functions));
            if (Files.exists(zip(folder, "jvm"))) {
                all.addAll(contenders.jvmFunctions(unpacked(folder, "jvm")));
            }
            contenders.python().ifPresent(all::add);
            Table table = new Table(empty.label(), measure(all, turns, folder.resolve("startup.log"), threads));
            System.out.print(table.markdown());
            System.out.printf(
                    "%nExecutable %d MB, zip %d MB (empty function: %d MB, %d MB).%n",
                    megabytes(functions.bootstrap()),
                    megabytes(zip(folder, "native")),
                    megabytes(folder.resolve("empty").resolve("bootstrap")),
                    megabytes(zip(folder, "empty")));
        } finally {
            threads.shutdownNow();
        }
    }

    private static Map<String, List<Sample>> measure(
            List<Contender> contenders, int turns, Path log, ExecutorService threads) {
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        contenders.forEach(contender -> samples.put(contender.label(), new ArrayList<>()));
        List<Contender> order = new ArrayList<>(contenders);
        Random random = new Random(turns);
        for (int turn = -UNCOUNTED; turn < turns; turn++) {
            // Who comes after a large process finds the caches of the processor cold.
            Collections.shuffle(order, random);
            for (Contender contender : order) {
                Sample sample = Launch.of(contender, log, threads);
                if (turn >= 0) {
                    samples.get(contender.label()).add(sample);
                }
            }
        }
        return samples;
    }

    private static FunctionPackage unpacked(Path folder, String name) {
        return FunctionPackage.unpack(zip(folder, name), folder.resolve(name));
    }

    private static Path zip(Path folder, String name) {
        return folder.resolve(name + ".zip");
    }

    private static long megabytes(Path file) throws IOException {
        return Math.round(Files.size(file) / 1e6);
    }
}
