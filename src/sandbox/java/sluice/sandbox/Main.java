package sluice.sandbox;

import java.util.List;
import sluice.entry.cli.ui.PageServer;
import sluice.sandbox.lambda.DebugPorts;
import sluice.sandbox.s3.S3;

/**
 * {@code ./mvnw -Psandbox}: starts a sandbox, loads the sample, prints the result of a query and the addresses, and
 * stays until Ctrl-C.
 *
 * <p>With {@code -Dsandbox.druid=37} its Druid is Druid 37, and with {@code -Dsandbox.clusters=2} Druid 37 comes beside it, as
 * cluster {@code newer}.
 *
 * <p>With {@code -Dsandbox.keep} it only keeps servers ready for the next sandbox, until Ctrl-C: {@link ServerKeeper}.
 *
 * <p>With {@code -Dsandbox.once} it prints {@code available: <run id>, rows: <n>} per run and ends: with 0, or with 1
 * after the reason and the ends of the logs.
 */
public final class Main {

    private static final int LOG_LINES = 30;
    private static final String PER_DAY =
            """
            SELECT TIME_FORMAT(__time, 'yyyy-MM-dd') AS "day", COUNT(*) AS "rows", SUM(edits) AS "edits",
              SUM(added) AS "added", SUM(deleted) AS "deleted"
            FROM wikipedia GROUP BY 1 ORDER BY 1""";

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        boolean once = System.getProperty("sandbox.once") != null;
        Console console = new Console(System.out);
        if (System.getProperty("sandbox.keep") != null) {
            new ServerKeeper(console).run();
        }
        console.print("Starting. The first start gathers Druid and S3Mock (about 250 MB, from Maven Central)"
                + " and packages the functions.");
        boolean loaded;
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withSpareServers(), console)) {
            loaded = load(sandbox, console);
            if (!once) {
                stay(sandbox, console);
            }
        } catch (IllegalStateException | IllegalArgumentException notStarted) {
            console.print("The sandbox did not start: " + notStarted.getMessage());
            loaded = false;
        }
        System.exit(loaded ? 0 : 1);
    }

    private static void stay(Sandbox sandbox, Console console) throws InterruptedException {
        try (PageServer page = sandbox.page()) {
            printAddresses(sandbox, page, console);
            if ("2".equals(System.getProperty("sandbox.clusters"))) {
                console.print("Druid 37    %s (cluster newer)"
                        .formatted(sandbox.newerDruid().router()));
            }
            Thread.currentThread().join();
        }
    }

    private static boolean load(Sandbox sandbox, Console console) throws InterruptedException {
        try {
            List<SampleLoad.Available> runs = new SampleLoad(sandbox, console).run();
            console.print(PER_DAY.indent(10).stripTrailing());
            console.table(sandbox.druid().sql(PER_DAY));
            runs.forEach(run -> console.print("available: %s, rows: %d".formatted(run.runId(), run.rows())));
            console.say("memory of all processes together: %d MB".formatted(sandbox.residentBytes() >> 20));
            return true;
        } catch (IllegalStateException failed) {
            console.print(sandbox.logTails(LOG_LINES));
            console.print("The sample was not loaded: " + failed.getMessage());
            return false;
        }
    }

    private static void printAddresses(Sandbox sandbox, PageServer page, Console console) {
        DebugPorts.fromSystemProperty()
                .ports()
                .forEach((function, port) ->
                        console.print("\nDebugger    %s listens on 127.0.0.1:%d".formatted(function, port)));
        console.print(
                """

                Page        %s (what 'sluice ui' serves)
                API         %s/v1 (try /v1/clusters; infra/api/openapi.yaml has all of it)
                Druid       %s (the router: SQL at /druid/v2/sql, tasks at /druid/indexer/v1)
                S3          %s (upload to s3://%s/wikipedia/dt=yyyy-MM-dd/; any credentials)
                DynamoDB    %s (table %s)
                EventBridge %s
                Logs        %s
                Ctrl-C ends it all."""
                        .formatted(
                                page.address(),
                                sandbox.api().uri(),
                                sandbox.druid().router(),
                                sandbox.s3().uri(),
                                S3.LANDING,
                                sandbox.dynamodb().uri(),
                                sandbox.dynamodb().table(),
                                sandbox.bus().uri(),
                                sandbox.logs()));
    }
}
