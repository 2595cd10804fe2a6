package sluice.sandbox.lambda;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.sandbox.component.Components;
import sluice.sandbox.component.FunctionPackage;
import sluice.sandbox.lambda.Routes.FunctionSettings;
import sluice.sandbox.process.LogFile;
import sluice.sandbox.process.ProcessGuard;

/** A function whose environment is not what it needs says what is wrong. Nobody is there whom it could ask for anything. */
@Isolated("measures how soon functions end")
class MisconfiguredFunctionIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** A message for which a function asks nobody anything: S3 tries whether it may notify. */
    private static final String S3_TEST =
            """
            {"Records":[{"messageId":"1","eventSource":"aws:sqs","body":"{\\"Event\\":\\"s3:TestEvent\\"}"}]}""";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ProcessGuard guard = new ProcessGuard();
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "SLUICE_TABLE", "sluice",
            "SLUICE_BUS", "sluice",
            "SLUICE_DEFINITIONS", "s3://sluice/definitions/",
            "SLUICE_CLUSTERS_MAIN_URL", "http://localhost:1"));

    @TempDir
    private Path folder;

    private LogFile log;

    @BeforeEach
    void unpack() {
        Components.resolve();
        FunctionPackage.unpack(folder.resolve("function"));
        log = new LogFile(folder.resolve("log").resolve("function.log"));
    }

    @AfterEach
    void close() {
        guard.close();
        threads.shutdownNow();
    }

    @Test
    void aSettingThatIsMissingIsNamedAtTheStart() throws InterruptedException {
        // Given
        environment.remove("SLUICE_TABLE");

        // When
        Outcome outcome = invoke("submit");

        // Then
        assertToldAtOnce(outcome);
        assertThat(log.search("sluice.table")).as(log.tail(20)).isNotEmpty();
    }

    @Test
    void aValueThatCannotBeReadIsToldWithItsSetting() throws InterruptedException {
        // Given
        environment.put("SLUICE_POLL_MAX_ITEMS", "many");

        // When
        Outcome outcome = invoke("poll");

        // Then
        assertToldAtOnce(outcome);
        assertThat(log.search("sluice.poll.max-items")).as(log.tail(20)).isNotEmpty();
    }

    @Test
    void aVariableOfTheProfileCountsAndLambdasOwnAreOfNone() throws InterruptedException {
        // Given
        environment.put("_HANDLER", "not.used");
        environment.put("_PROD_SLUICE_POLL_MAX_ITEMS", "many");

        // When
        Outcome outcome = invoke("poll");

        // Then
        assertToldAtOnce(outcome);
        assertThat(log.search("sluice.poll.max-items")).as(log.tail(20)).isNotEmpty();
    }

    @Test
    void aFileOfVariablesBesideTheFunctionCountsToo() throws IOException, InterruptedException {
        // Given
        Files.writeString(folder.resolve("function").resolve(".env"), "SLUICE_POLL_MAX_ITEMS=many\n");

        // When
        Outcome outcome = invoke("poll");

        // Then
        assertToldAtOnce(outcome);
        assertThat(log.search("sluice.poll.max-items")).as(log.tail(20)).isNotEmpty();
    }

    @Test
    void aNameThatNoFunctionHasIsTold() throws InterruptedException {
        // When
        Outcome outcome = invoke("pol");

        // Then
        assertToldAtOnce(outcome);
        assertThat(log.lines()).anyMatch(line -> line.matches(".*\\bpol\\b.*"));
    }

    @Test
    void anEndpointOfAwsWhoseCertificateNobodyVouchesForIsRefused() throws InterruptedException {
        // Given
        WireMockServer aws = new WireMockServer(options().dynamicHttpsPort().httpDisabled(true));
        aws.start();
        try {
            environment.put("AWS_ENDPOINT_URL", "https://localhost:" + aws.httpsPort());

            // When
            Outcome outcome = invoke("poll");

            // Then
            assertToldAtOnce(outcome);
            assertThat(log.search("unable to find valid certification path"))
                    .as(log.tail(20))
                    .isNotEmpty();
            assertThat(aws.getAllServeEvents()).isEmpty();
        } finally {
            aws.stop();
        }
    }

    /** A start is a line of the log, and money, thousands of times a day. */
    @Test
    void aFunctionThatHasWhatItNeedsStartsWithoutAWarning() throws InterruptedException {
        // When
        Outcome outcome = invoke("generate", S3_TEST);

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Answer.class);
        assertThat(log.search("\"level\":\"WARN\"")).isEmpty();
        assertThat(log.search("\"level\":\"ERROR\"")).isEmpty();
    }

    /** Lambda is not left waiting until the function's time is over. */
    private static void assertToldAtOnce(Outcome outcome) {
        assertThat(outcome)
                .asInstanceOf(type(Outcome.Failure.class))
                .extracting(Outcome.Failure::type)
                .isNotEqualTo("Sandbox.Timedout");
    }

    private Outcome invoke(String function) throws InterruptedException {
        return invoke(function, "{}");
    }

    private Outcome invoke(String function, String payload) throws InterruptedException {
        return new FunctionLauncher(folder.resolve("function"), environment, guard, threads)
                .launch(function, new FunctionSettings(30, 512, 1), log)
                .invoke(payload.getBytes(StandardCharsets.UTF_8), TIMEOUT);
    }
}
