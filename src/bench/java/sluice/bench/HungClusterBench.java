package sluice.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import sluice.sandbox.Progress;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxOptions;

/**
 * How long files of a healthy cluster take beside a cluster that takes connections and never answers, for which twenty
 * time chunks wait, against how long they take without it.
 *
 * <pre>./mvnw -Pbench -Dbench.main=sluice.bench.HungClusterBench</pre>
 */
public final class HungClusterBench {

    private static final int FILES = 5;
    private static final int WAITING = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private HungClusterBench() {}

    public static void main(String[] arguments) throws IOException {
        List<Socket> taken = new ArrayList<>();
        try (ServerSocket hung = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            Thread taking = new Thread(() -> take(hung, taken));
            taking.setDaemon(true);
            taking.start();
            SandboxOptions options = SandboxOptions.defaults()
                    .withEnvironment(Map.of(
                            "SLUICE_CLUSTERS_HUNG_URL",
                            "http://127.0.0.1:" + hung.getLocalPort(),
                            "SLUICE_POLL_MAX_INTERVAL",
                            "PT5M"));
            try (Sandbox sandbox = Sandbox.start(options, Progress.silent())) {
                sandbox.s3().putDefinition("healthy.yaml", DailyFiles.definition("healthy", "main"));
                sandbox.s3().putDefinition("stuck.yaml", DailyFiles.definition("stuck", "hung"));
                load(sandbox, 1);
                List<Duration> alone = loads(sandbox, 2);
                for (int day = 1; day <= WAITING; day++) {
                    upload(sandbox, "stuck", day);
                }
                List<Duration> beside = loads(sandbox, 2 + FILES);
                System.out.printf(
                        "hung cluster with %d waiting chunks: a file of the healthy one takes %s s beside it (median, slowest"
                                + " of %d), and %s s alone%n",
                        WAITING, text(beside), FILES, text(alone));
            }
        }
    }

    private static List<Duration> loads(Sandbox sandbox, int firstDay) {
        List<Duration> times = new ArrayList<>();
        for (int day = firstDay; day < firstDay + FILES; day++) {
            times.add(load(sandbox, day));
        }
        return times.stream().sorted().toList();
    }

    private static Duration load(Sandbox sandbox, int day) {
        Instant uploaded = Instant.now();
        upload(sandbox, "healthy", day);
        Instant end = uploaded.plus(PATIENCE);
        while (sandbox.bus().events("sluice.run.available").size() < day) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("the file of day " + day + " did not arrive within " + PATIENCE);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        return Duration.between(uploaded, Instant.now());
    }

    private static void upload(Sandbox sandbox, String datasource, int day) {
        sandbox.s3()
                .upload(
                        DailyFiles.key(datasource, day),
                        "{\"time\":\"%sT00:00:00Z\",\"page\":\"p\"}%n"
                                .formatted(DailyFiles.date(day))
                                .getBytes(StandardCharsets.UTF_8));
    }

    private static String text(List<Duration> sorted) {
        return "%.1f and %.1f"
                .formatted(
                        sorted.get(sorted.size() / 2).toMillis() / 1_000.0,
                        sorted.get(sorted.size() - 1).toMillis() / 1_000.0);
    }

    private static void take(ServerSocket hung, List<Socket> taken) {
        try {
            while (true) {
                taken.add(hung.accept());
            }
        } catch (IOException closed) {
            // The bench is over.
        }
    }
}
