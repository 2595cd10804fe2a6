package sluice.sandbox.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.sandbox.lambda.Routes.EventRule;
import sluice.sandbox.lambda.Routes.FunctionSettings;
import sluice.sandbox.lambda.Routes.QueueSettings;
import sluice.sandbox.process.ProcessGuard;

/** The host with a function that does what it is told, started as a native package is. */
class LambdaHostIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Routes ROUTES = new Routes(
            Map.of("probe", new FunctionSettings(60, 128, 2), "hasty", new FunctionSettings(1, 128, 2)),
            Map.of("probes", new QueueSettings("probe", 1, 0, 18, 2)),
            List.of(new EventRule("probe", List.of("probe.asked"), "probes")),
            List.of(new Routes.DirectRule("wake", List.of("probe.wanted"), "probe")),
            Map.of(),
            new Routes.HttpRoute("probe", "/v1/"),
            List.of());

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final EventBus bus = new EventBus(0, threads);
    private final ProcessGuard guard = new ProcessGuard();
    private LambdaHost host;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        Path bootstrap = folder.resolve("bootstrap");
        Files.writeString(
                bootstrap,
                """
                #!/bin/sh
                exec "%s" -cp "%s" %s
                """
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path"),
                                ProbeFunction.class.getName()));
        assertThat(bootstrap.toFile().setExecutable(true)).isTrue();
        FunctionLauncher launcher = new FunctionLauncher(folder, Map.of("GREETING", "hello"), guard, threads);
        host = new LambdaHost(ROUTES, launcher, bus, folder.resolve("log"), Duration.ZERO, threads);
        host.start(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        host.close();
        guard.close();
    }

    @Test
    void aFunctionAnswersAndItsProcessIsUsedAgain() throws InterruptedException {
        // When
        String first = answer(host.invoke("probe", "\"who\""));
        String second = answer(host.invoke("probe", "\"who\""));

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(host.function("probe").log().search("function probe hello")).hasSize(1);
    }

    @Test
    void theFunctionsOwnErrorIsPassedOn() throws InterruptedException {
        assertThat(host.invoke("probe", "\"fail\""))
                .isEqualTo(new Outcome.Failure("Probe", "{\"errorType\":\"Probe\",\"errorMessage\":\"as asked\"}"));
    }

    @Test
    void aProcessThatEndedIsReplaced() throws InterruptedException {
        // Given
        String first = answer(host.invoke("probe", "\"who\""));

        // When
        Outcome outcome = host.invoke("probe", "\"exit\"");

        // Then
        assertThat(outcome)
                .asInstanceOf(type(Outcome.Failure.class))
                .extracting(Outcome.Failure::type)
                .isEqualTo("Runtime.ExitError");
        assertThat(answer(host.invoke("probe", "\"who\""))).isNotEqualTo(first);
    }

    @Test
    void anInvocationThatTakesTooLongIsGivenUpAndItsProcessKilled() throws InterruptedException {
        // When
        Outcome outcome = host.invoke("hasty", "\"hang\"");

        // Then
        assertThat(outcome).asInstanceOf(type(Outcome.Failure.class)).satisfies(failure -> {
            assertThat(failure.type()).isEqualTo("Sandbox.Timedout");
            assertThat(failure.body()).contains("Task timed out after 1.00 seconds");
        });
        assertThat(guard.running()).isEmpty();
    }

    @Test
    void aKilledFunctionFailsWhatItWasWorkingOn() {
        // Given
        CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(this::hang, threads);
        await().atMost(PATIENCE).until(() -> !guard.running().isEmpty());

        // When
        await().atMost(PATIENCE).until(() -> {
            host.kill("probe");
            return outcome.isDone();
        });

        // Then
        assertThat(outcome.join()).isInstanceOf(Outcome.Failure.class);
    }

    /** The probe answers with a number, which Lambda does not take for a list of failures: the message is handled. */
    @Test
    void aMessageReachesTheFunctionAndIsHandled() {
        // When
        host.queue("probes").send("\"anything\"");

        // Then
        await().atMost(PATIENCE).until(() -> host.queue("probes").messages().isEmpty());
        assertThat(host.queue("probes").deadLetters()).isEmpty();
    }

    @Test
    void oneMessageIsDeliveredSeveralTimesAtOnce() throws InterruptedException {
        // When
        List<Outcome> outcomes = host.deliverConcurrently("probes", "\"anything\"", 5);

        // Then
        assertThat(outcomes).hasSize(5).allMatch(Outcome.Answer.class::isInstance);
        assertThat(guard.running()).hasSizeLessThanOrEqualTo(2);
    }

    private Outcome hang() {
        try {
            return host.invoke("probe", "\"hang\"");
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static String answer(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Answer.class);
        return ((Outcome.Answer) outcome).text();
    }
}
