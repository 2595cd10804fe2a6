package sluice.sandbox;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import sluice.entry.cli.api.ApiConnection;
import sluice.entry.cli.api.ApiException;
import sluice.entry.cli.ui.PageServer;
import sluice.sandbox.component.Components;
import sluice.sandbox.component.FunctionPackage;
import sluice.sandbox.component.Server;
import sluice.sandbox.druid.DruidProxy;
import sluice.sandbox.druid.DruidServer;
import sluice.sandbox.druid.DruidVersion;
import sluice.sandbox.fault.Network;
import sluice.sandbox.fault.Pair;
import sluice.sandbox.http.SecureFront;
import sluice.sandbox.kafka.Kafka;
import sluice.sandbox.lambda.DebugPorts;
import sluice.sandbox.lambda.EventBus;
import sluice.sandbox.lambda.FunctionLauncher;
import sluice.sandbox.lambda.HttpApi;
import sluice.sandbox.lambda.LambdaHost;
import sluice.sandbox.lambda.Routes;
import sluice.sandbox.lambda.SqsQueue;
import sluice.sandbox.process.GuardedProcess;
import sluice.sandbox.process.PortBlock;
import sluice.sandbox.process.ProcessGuard;
import sluice.sandbox.process.ResidentMemory;
import sluice.sandbox.s3.S3;

/**
 * A running sandbox. {@link #start} returns when a file that is uploaded to {@link #s3()} would become rows in
 * {@link #druid()}.
 *
 * <p>Logs of its processes lie in {@code target/sandbox/run-<process id>-<number>/log}, one file each.
 */
public final class Sandbox implements AutoCloseable {

    private static final int S3_PORT = 9;
    private static final int DRUID_PROXY_PORT = 10;
    private static final int BUS_PORT = 11;
    private static final int DYNAMODB_PORT = 7;
    private static final int API_PORT = 12;
    private static final int SECURE_DRUID_PORT = 13;
    private static final int FAULTY_DRUID_PORT = 14;
    private static final int FAULTY_DYNAMODB_PORT = 15;
    private static final int FAULTY_S3_PORT = 16;
    private static final int FAULTY_BUS_PORT = 17;
    private static final int NEWER_DRUID_PORT = 18;

    private static final List<String> CLUSTERS = List.of("main", "onprem", "secure", "newer");
    /** A little longer than functions go by what they have read about an outage. */
    private static final Duration OUTAGE_REMEMBERED = Duration.ofSeconds(6);

    private final SandboxOptions options;
    private final RunFolder folder;
    private final Servers servers;
    private final ProcessGuard guard;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final DruidProxy druidProxy;
    private final SecureFront secureDruid;
    private final NewerCluster newer;
    private final DynamoDb dynamoDb;
    private final S3 s3;
    private final Kafka kafka;
    private final EventBus bus;
    private final LambdaHost lambda;
    private final HttpApi api;
    private final Network network;

    private Sandbox(SandboxOptions options) {
        this.options = options;
        this.folder = RunFolder.create();
        this.guard = new ProcessGuard();
        DruidVersion version = DruidVersion.fromSystemProperty();
        this.servers = options.spareServers()
                ? Servers.spareOrNew(version, folder, guard)
                : Servers.create(version, folder, guard);
        PortBlock ports = servers.ports();
        this.druidProxy =
                new DruidProxy(ports.port(DRUID_PROXY_PORT), servers.druid().router(), threads);
        this.secureDruid =
                new SecureFront(ports.port(SECURE_DRUID_PORT), folder.data("tls"), druidProxy.uri(), threads);
        this.newer = new NewerCluster(
                folder,
                guard,
                servers.s3(),
                new DruidProxy(ports.port(NEWER_DRUID_PORT), servers.druid().router(), threads));
        this.dynamoDb = DynamoDb.start(ports.port(DYNAMODB_PORT));
        this.bus = new EventBus(ports.port(BUS_PORT), threads);
        this.kafka = new Kafka(kafkaPorts -> servers.start(Server.KAFKA, kafkaPorts));
        this.s3 = new S3(servers.s3(), ports.port(S3_PORT), threads, this::notifyFunctions);
        this.network = new Network(threads);
        DebugPorts debug = DebugPorts.fromSystemProperty();
        FunctionLauncher launcher =
                new FunctionLauncher(folder.data("function"), environment(ports), guard, threads, debug);
        this.lambda =
                new LambdaHost(debug.adapt(Routes.read()), launcher, bus, folder.logs(), options.retryDelay(), threads);
        this.api = lambda.serveHttp(ports.port(API_PORT));
    }

    public static Sandbox start() {
        return start(SandboxOptions.defaults(), Progress.silent());
    }

    /**
     * Gathers the components and packages the functions if need be, and starts everything.
     *
     * @throws IllegalStateException if a part cannot start; the message carries the end of its log
     */
    public static Sandbox start(SandboxOptions options, Progress progress) {
        new Steps(Runnable::run, progress).run("components at hand", Components::resolve);
        Sandbox sandbox = new Sandbox(options);
        boolean started = false;
        try {
            sandbox.startAll(progress);
            started = true;
            return sandbox;
        } finally {
            if (!started) {
                sandbox.close();
            }
        }
    }

    public DruidServer druid() {
        return servers.druid();
    }

    /** The functions' way to Druid: counts their requests, injects faults. */
    public DruidProxy druidProxy() {
        return druidProxy;
    }

    /** The functions' way to the proxy as cluster {@code secure}: over TLS. */
    public SecureFront secureDruid() {
        return secureDruid;
    }

    /** A Druid 37 of its own, cluster {@code newer}; starts when it is first asked for. */
    public DruidServer newerDruid() {
        return newer.druid();
    }

    /** The functions' way to cluster {@code newer}. */
    public DruidProxy newerDruidProxy() {
        return newer.proxy();
    }

    /** The functions' ways to cluster {@code main}, the table, S3 and the bus, to be broken. */
    public Network network() {
        return network;
    }

    public DynamoDb dynamodb() {
        return dynamoDb;
    }

    public S3 s3() {
        return s3;
    }

    /** Streams for Druid to read; starts when it is first asked for. */
    public Kafka kafka() {
        return kafka;
    }

    public LambdaHost lambda() {
        return lambda;
    }

    /** The HTTP API, by which people and CI speak to the functions. */
    public HttpApi api() {
        return api;
    }

    /** Starts the page of {@code sluice ui} for this API, on a free port. */
    public PageServer page() {
        try {
            return PageServer.start(new ApiConnection(api.uri().toString(), null, true).open(Map.of()), 0);
        } catch (IOException | ApiException impossible) {
            throw new IllegalStateException("The page of the sandbox does not start", impossible);
        }
    }

    public EventBus bus() {
        return bus;
    }

    /** Ends all faults: the network works, no cluster counts as gone, the bus works, the schedules and queues run, and the counts are at zero. */
    public void reset() {
        network.heal();
        druidProxy.reset();
        newer.proxy().reset();
        bus.mode(EventBus.Mode.WORKING);
        lambda.resumeSchedules();
        lambda.queues().forEach(SqsQueue::resume);
        if (CLUSTERS.stream().filter(dynamoDb::endOutage).count() > 0) {
            LockSupport.parkNanos(OUTAGE_REMEMBERED.toNanos());
        }
    }

    /** Resident memory in bytes of this process and of all that the sandbox has started. */
    public long residentBytes() {
        return ResidentMemory.of(ProcessHandle.current().pid())
                + guard.running().stream()
                        .mapToLong(GuardedProcess::residentBytes)
                        .sum();
    }

    /** Folder of the logs, one file per process. */
    public Path logs() {
        return folder.logs();
    }

    /** The last lines of every log, for the message of a failed test. */
    public String logTails(int linesEach) {
        return folder.logTails(linesEach);
    }

    /** Ends every process, closes every port. The logs stay until a later sandbox cleans up. */
    @Override
    public void close() {
        api.close();
        lambda.close();
        guard.close();
        network.close();
        secureDruid.close();
        newer.close();
        druidProxy.close();
        s3.close();
        kafka.close();
        dynamoDb.close();
        servers.close();
    }

    private void startAll(Progress progress) {
        Steps steps = new Steps(threads, progress);
        steps.begin("Druid up", servers::startDruid);
        steps.begin("S3 up", servers::startS3);
        steps.begin("DynamoDB up, table created", dynamoDb::createTable);
        if (options.withFunctions()) {
            steps.begin("functions up", () -> {
                secureDruid.start();
                steps.run("functions packaged", () -> FunctionPackage.unpack(folder.data("function")));
                lambda.warmUp();
            });
        }
        steps.await();
        if (options.withFunctions()) {
            lambda.start(options.scheduleInterval());
            lambda.routes().s3Notifications().forEach(route -> lambda.queue(route.queue())
                    .send(s3.testEvent()));
        }
    }

    private String lead(Pair pair, int port, URI server) {
        return network.lead(pair, port, server).toString();
    }

    private void notifyFunctions(S3.Notification notification) {
        lambda.routes().queuesForObject(notification.of(), notification.key()).forEach(queue -> lambda.queue(queue)
                .send(notification.body()));
    }

    private Map<String, String> environment(PortBlock ports) {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "AWS_ENDPOINT_URL_DYNAMODB", lead(Pair.TABLE, ports.port(FAULTY_DYNAMODB_PORT), dynamoDb.uri()));
        environment.put("AWS_ENDPOINT_URL_S3", lead(Pair.S3, ports.port(FAULTY_S3_PORT), s3.uri()));
        environment.put("AWS_ENDPOINT_URL_EVENTBRIDGE", lead(Pair.BUS, ports.port(FAULTY_BUS_PORT), bus.uri()));
        environment.put("SLUICE_S3_PATH_STYLE", "true");
        environment.put("SLUICE_ENVIRONMENT", "sandbox");
        environment.put("SLUICE_TABLE", dynamoDb.table());
        environment.put("SLUICE_BUS", "sluice-sandbox");
        environment.put("SLUICE_DEFINITIONS", "s3://" + S3.CONFIGURATION + "/definitions/");
        environment.put("SLUICE_VARIABLES", "LANDING_BUCKET");
        environment.put("SLUICE_GATE_OPEN", "true");
        environment.put("LANDING_BUCKET", S3.LANDING);
        environment.put("SLUICE_CLUSTERS_MAIN_URL", lead(Pair.ROUTER, ports.port(FAULTY_DRUID_PORT), druidProxy.uri()));
        environment.putAll(dialect("MAIN", druid().version()));
        environment.put("SLUICE_CLUSTERS_NEWER_URL", newer.proxy().uri().toString());
        environment.putAll(dialect("NEWER", DruidVersion.V37));
        // The same Druid, as if it could not read S3 by itself.
        environment.put("SLUICE_CLUSTERS_ONPREM_URL", druidProxy.uri().toString());
        environment.put("SLUICE_CLUSTERS_ONPREM_OBJECT_ACCESS", "presigned");
        // The same Druid over TLS, with a certificate of an authority that only this cluster's clients trust.
        environment.put("SLUICE_CLUSTERS_SECURE_URL", secureDruid.uri().toString());
        environment.put("SLUICE_CLUSTERS_SECURE_TLS_CONFIGURATION", "druid");
        environment.put(
                "QUARKUS_TLS_DRUID_TRUST_STORE_PEM_CERTS",
                secureDruid.authority().toString());
        // The sandbox's Druid is assembled without the web console.
        CLUSTERS.forEach(
                cluster -> environment.put("SLUICE_CLUSTERS_" + cluster.toUpperCase(Locale.ROOT) + "_CONSOLE", "none"));
        // The schedule ticks every second here, so pauses that are made for minutes shrink with it.
        // A tick each second does not need to go on until the next one.
        boolean slow = options.scheduleInterval().toSeconds() >= 10;
        environment.put(
                "SLUICE_POLL_LOOK_AHEAD", slow ? options.scheduleInterval().toString() : "PT0S");
        environment.put("SLUICE_POLL_MIN_INTERVAL", "PT1S");
        environment.put("SLUICE_POLL_MAX_INTERVAL", "PT5S");
        environment.put("SLUICE_POLL_RETRY_DELAY", "PT8S");
        environment.put("SLUICE_AVAILABILITY_PATIENCE", "PT20S");
        environment.put("SLUICE_DEFINITIONS_REFRESH", "PT0.5S");
        environment.put("SLUICE_ROLLBACK_SETTLE", "PT3S");
        environment.put("SLUICE_SETTINGS_CHECK_INTERVAL", "PT10S");
        environment.put("SLUICE_SETTINGS_START_LIMIT", "PT60S");
        environment.put("SLUICE_SETTINGS_END_LIMIT", "PT20S");
        environment.put("SLUICE_SETTINGS_DROP_PAUSE", "PT5S");
        // Tests sweep twice in a row, and their leftovers and orphans are seconds old.
        environment.put("SLUICE_RETENTION_PAUSE", "PT0S");
        environment.put("SLUICE_RETENTION_OVERSHADOWED_AFTER", "PT0S");
        environment.put("SLUICE_RETENTION_ORPHAN_PURGE_AFTER", "PT1S");
        environment.put("SLUICE_FRESHNESS_WATCH", "PT5S");
        environment.put("SLUICE_COMPACTION_RETRY_DELAY", "PT2S");
        environment.put("SLUICE_COMPACTION_WATCH", "PT2S");
        environment.put("SLUICE_COMPACTION_PATIENCE", "PT10S");
        environment.putAll(options.environment());
        return environment;
    }

    /** Druid 37 stands behind a router of Druid 33, which tells its own version. */
    private static Map<String, String> dialect(String cluster, DruidVersion version) {
        return version.readsS3()
                ? Map.of()
                : Map.of(
                        "SLUICE_CLUSTERS_" + cluster + "_OBJECT_ACCESS",
                        "presigned",
                        "SLUICE_CLUSTERS_" + cluster + "_DRUID_VERSION",
                        version.toString());
    }
}
