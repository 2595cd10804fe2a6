package sluice.infra.druid;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts the whole cluster and prints {@code UP} when every role listens. Ends with code 1 when a role cannot start.
 *
 * <p>Usage: {@code DruidCluster <state folder> <base port> <S3 endpoint> <bucket>}, see {@link ClusterSettings}. A
 * cluster that was killed goes on where it was when it is started again with the same arguments: its tasks run again
 * from their beginning.
 */
public final class DruidCluster {

    private static final List<String> FOLDERS = List.of("tmp", "derby", "segment-cache", "indexer-cache", "task");

    private DruidCluster() {}

    public static void main(String[] arguments) throws Exception {
        ClusterSettings settings = ClusterSettings.parse(arguments);
        for (String folder : FOLDERS) {
            Files.createDirectories(Path.of(settings.folder(folder)));
        }
        ZooKeeper.start(Path.of(settings.folder("zookeeper")), settings.zooKeeperPort());
        ExecutorService threads = Executors.newCachedThreadPool();
        CompletionService<Role> starting = new ExecutorCompletionService<>(threads);
        Arrays.stream(Role.values())
                .map(role -> new RoleStarter(role, settings))
                .forEach(starting::submit);
        for (int remaining = Role.values().length; remaining > 0; remaining--) {
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
