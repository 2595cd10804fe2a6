package sluice.nativeimage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import sluice.sandbox.http.Loopback;

/** Starts a contender once, hands it one event, and ends it when it has answered. */
final class Launch {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String INVOCATION = "/2018-06-01/runtime/invocation/";
    /** What a function writes that gives up before it does anything. */
    private static final String DROPPED = "Event of another source is dropped";

    private final Contender contender;
    private final Path log;
    private final CompletableFuture<Sample> sample = new CompletableFuture<>();
    private final AtomicLong initialisedAt = new AtomicLong();
    private final CompletableFuture<Process> process = new CompletableFuture<>();
    private volatile long startedAt;

    private Launch(Contender contender, Path log) {
        this.contender = contender;
        this.log = log;
    }

    /**
     * @param log where the process writes
     * @throws IllegalStateException when it fails, ends or does not answer; the message carries what it wrote
     */
    static Sample of(Contender contender, Path log, Executor threads) {
        return new Launch(contender, log).run(threads);
    }

    private Sample run(Executor threads) {
        HttpServer api = Loopback.server(0, threads, this::handle);
        ProcessBuilder builder = new ProcessBuilder(contender.command())
                .directory(contender.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().putAll(contender.environment());
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", Loopback.hostAndPort(api));
        try {
            startedAt = System.nanoTime();
            Process started = builder.start();
            started.onExit()
                    .thenAccept(ended -> sample.completeExceptionally(
                            new IllegalStateException("it ended with " + ended.exitValue() + " before it answered")));
            process.complete(started);
            try {
                return sample.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } finally {
                started.destroyForcibly().waitFor();
            }
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException(
                    contender.label() + " gave no response: " + failure + "\n" + written(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } catch (IOException failure) {
            throw new UncheckedIOException(contender.label() + " cannot be started", failure);
        } finally {
            api.stop(0);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        long now = System.nanoTime();
        String path = exchange.getRequestURI().getPath();
        if (path.equals(INVOCATION + "next")) {
            if (initialisedAt.compareAndSet(0, now)) {
                var headers = exchange.getResponseHeaders();
                headers.set("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
                headers.set(
                        "Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + PATIENCE.toMillis()));
                headers.set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:000000000000:function:x");
                Loopback.answer(exchange, 200, "application/json", contender.event());
            }
            // Its second request stays unanswered: there is one event only.
        } else if (path.endsWith("/response")) {
            String answer = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (answer.contains("itemIdentifier")) {
                sample.completeExceptionally(new IllegalStateException("its message failed: " + answer));
            } else if (written().contains(DROPPED)) {
                sample.completeExceptionally(new IllegalStateException("it did not look at its message"));
            } else {
                sample.complete(new Sample(
                        Duration.ofNanos(initialisedAt.get() - startedAt),
                        Duration.ofNanos(now - startedAt),
                        processor(process.join().pid()),
                        pageFaults(process.join().pid()),
                        peakBytes(process.join().pid())));
            }
        } else {
            String error = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            sample.completeExceptionally(new IllegalStateException(path + ": " + error));
        }
    }

    /** Of the threads that live, to the nanosecond; {@code /proc/<id>/stat} counts in hundredths of a second. */
    private static Duration processor(long pid) throws IOException {
        long nanos = 0;
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
            for (Path thread : threads.toList()) {
                nanos += Long.parseLong(
                        Files.readString(thread.resolve("schedstat")).split(" ")[0]);
            }
        }
        return Duration.ofNanos(nanos);
    }

    /** {@code minflt} of {@code /proc/<id>/stat}: the tenth field, the eighth after the name in brackets. */
    private static long pageFaults(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[7]);
    }

    private static long peakBytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IllegalStateException("Linux tells no VmHWM of process " + pid);
    }

    private String written() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            return "(no log: " + unreadable.getMessage() + ")";
        }
    }
}
