package sluice.infra.druid;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;

/** Some roles of a cluster that share a process. */
final class Roles {

    private static final List<String> FOLDERS = List.of("tmp", "derby", "segment-cache", "indexer-cache", "task");

    private Roles() {}

    /** Starts one role. */
    interface Starter {

        /** Returns once the role listens and has announced itself. */
        void start(Role role, ClusterSettings settings);
    }

    /** Starts the roles all at once, prints {@code UP} when every one listens, and stays. Ends the process when one cannot start. */
    static void run(Set<Role> roles, ClusterSettings settings, Starter starter)
            throws IOException, InterruptedException {
        for (String folder : FOLDERS) {
            Files.createDirectories(Path.of(settings.folder(folder)));
        }
        CompletionService<Role> starting = new ExecutorCompletionService<>(Executors.newCachedThreadPool());
        for (Role role : roles) {
            starting.submit(() -> starter.start(role, settings), role);
        }
        for (int remaining = roles.size(); remaining > 0; remaining--) {
            awaitNext(starting);
        }
        System.out.println("UP");
        Thread.currentThread().join();
    }

    private static void awaitNext(CompletionService<Role> starting) throws InterruptedException {
        try {
            starting.take().get();
        } catch (ExecutionException failure) {
            // The other roles would wait for this one without end.
            failure.getCause().printStackTrace(System.err);
            Runtime.getRuntime().halt(1);
        }
    }
}
