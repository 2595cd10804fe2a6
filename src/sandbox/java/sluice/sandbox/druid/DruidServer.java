package sluice.sandbox.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.sandbox.component.Server;
import sluice.sandbox.lambda.Json;
import sluice.sandbox.process.GuardedProcess;
import sluice.sandbox.process.LogFile;
import sluice.sandbox.process.ProcessGuard;

/** A real Druid, in one process or two; {@code infra/druid} and {@code infra/druid-37} say how. */
public final class DruidServer {

    private static final String HISTORICALS =
            "{\"query\":\"SELECT server_type FROM sys.servers WHERE server_type = 'historical'\"}";
    private static final Duration MAX_START = Duration.ofSeconds(240);

    private final DruidVersion version;
    private final ProcessGuard guard;
    private final Path folder;
    private final int basePort;
    private final List<String> s3;
    private final Function<String, LogFile> logs;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final List<GuardedProcess> processes = new CopyOnWriteArrayList<>();

    /**
     * @param folder   for Druid's state; a Druid that starts there again goes on with it
     * @param basePort first of seven ports
     * @param s3       S3 server for deep storage and task logs, if the version can use one
     * @param logs     the log of a process by its name
     */
    public DruidServer(
            DruidVersion version,
            ProcessGuard guard,
            Path folder,
            int basePort,
            URI s3,
            String bucket,
            Function<String, LogFile> logs) {
        this.version = version;
        this.guard = guard;
        this.folder = folder;
        this.basePort = basePort;
        this.s3 = version.readsS3() ? List.of(s3.toString(), bucket) : List.of();
        this.logs = logs;
    }

    public DruidVersion version() {
        return version;
    }

    /** Address of the router, Druid's front door. */
    public URI router() {
        return URI.create("http://127.0.0.1:" + basePort);
    }

    /** The log of the process that runs the tasks. */
    public LogFile log() {
        return logs.apply(version.servers().get(0).label());
    }

    /** Starts its processes without waiting for them. */
    public void start() {
        start(Map.of());
    }

    /** Goes on with a Druid that runs already, on the same folder and ports. */
    public void adopt(GuardedProcess running) {
        processes.add(running);
    }

    private void start(Map<String, String> properties) {
        version.gather();
        Map<String, String> all = new TreeMap<>(version.properties());
        all.putAll(given());
        all.putAll(properties);
        List<String> arguments = new ArrayList<>(List.of(String.valueOf(basePort)));
        arguments.addAll(s3);
        processes.clear();
        for (Server server : version.servers()) {
            List<String> command = new ArrayList<>(server.command(folder, arguments.toArray(String[]::new)));
            all.forEach((name, value) -> command.add(1, "-D" + name + "=" + value));
            processes.add(guard.start(server.label(), command, Map.of(), folder, logs.apply(server.label())));
        }
    }

    /** Properties of Druid among those of this process, such as {@code -Ddruid.sql.planner.metadataSegmentPollPeriod=60000}. */
    private static Map<String, String> given() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("druid."))
                .collect(Collectors.toMap(Function.identity(), System::getProperty));
    }

    /**
     * Waits until Druid takes tasks and answers SQL.
     *
     * @throws IllegalStateException if it ends or takes too long; the message carries the end of its log
     */
    public void awaitReady() {
        long deadline = System.nanoTime() + MAX_START.toNanos();
        while (!isReady()) {
            if (!processes.stream().allMatch(GuardedProcess::isAlive) || System.nanoTime() > deadline) {
                throw new IllegalStateException("Druid " + version + " did not start:\n"
                        + version.servers().stream()
                                .map(server -> logs.apply(server.label()).tail(60))
                                .collect(Collectors.joining("\n")));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    /** Ends Druid with signal 9. What it has published, its tasks and its metadata are kept. */
    public void kill() {
        processes.forEach(GuardedProcess::kill);
    }

    /** Starts Druid again after {@link #kill()}, on the same state and the same ports, and waits until it is ready. */
    public void restart() {
        restart(Map.of());
    }

    /** As {@link #restart()}, with properties of Druid that win over the sandbox's until the next start. */
    public void restart(Map<String, String> properties) {
        kill();
        start(properties);
        awaitReady();
    }

    /**
     * Asks by SQL.
     *
     * @return one JSON object per row
     * @throws IllegalStateException if Druid refuses the query
     */
    public JsonNode sql(String query) {
        HttpResponse<String> response = post("/druid/v2/sql", Json.write(Map.of("query", query)));
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    "Druid answered " + response.statusCode() + " to " + query + ": " + response.body());
        }
        return Json.read(response.body());
    }

    /** Number of rows of a datasource, sum of its count metric not regarded; 0 while Druid does not know it. */
    public long rows(String datasource) {
        HttpResponse<String> response =
                post("/druid/v2/sql", Json.write(Map.of("query", "SELECT COUNT(*) AS c FROM \"" + datasource + "\"")));
        return response.statusCode() == 200
                ? Json.read(response.body()).path(0).path("c").asLong()
                : 0;
    }

    /** GET on the router; the body is JSON, text or empty, as Druid likes. */
    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(router().resolve(path)).GET());
    }

    /** POST of JSON on the router. */
    public HttpResponse<String> post(String path, String json) {
        return send(HttpRequest.newBuilder(router().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** DELETE on the router. */
    public HttpResponse<String> delete(String path) {
        return send(HttpRequest.newBuilder(router().resolve(path)).DELETE());
    }

    /** Ends the supervisors of datasources whose names begin so, and their tasks, which would hold the worker's slots for long. */
    public void endSupervisors(String prefix) {
        Json.read(get("/druid/indexer/v1/supervisor").body()).forEach(id -> {
            if (id.asText().startsWith(prefix)) {
                post("/druid/indexer/v1/supervisor/" + id.asText() + "/terminate", "{}");
            }
        });
        sql("SELECT \"task_id\" FROM sys.tasks WHERE \"type\" = 'index_kafka' AND \"status\" = 'RUNNING'"
                        + " AND \"datasource\" LIKE '" + prefix + "%'")
                .forEach(task ->
                        post("/druid/indexer/v1/task/" + task.path("task_id").asText() + "/shutdown", "{}"));
    }

    /** The state of a task as the Overlord tells it: RUNNING, SUCCESS or FAILED. */
    public String taskState(String taskId) {
        HttpResponse<String> response = get("/druid/indexer/v1/task/" + taskId + "/status");
        return response.statusCode() == 200
                ? Json.read(response.body()).path("status").path("statusCode").asText()
                : "UNKNOWN";
    }

    /** Segments in the deep storage of a version that cannot use S3: interval, version, partition. Each is one file or more. */
    public List<String> localSegments(String datasource) {
        Path segments = folder.resolve("deep-storage").resolve("segments").resolve(datasource);
        if (!Files.isDirectory(segments)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(segments)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> segments.relativize(file).subpath(0, 3).toString())
                    .distinct()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot list " + segments, failure);
        }
    }

    private boolean isReady() {
        try {
            return get("/druid/indexer/v1/workers").body().contains("\"worker\"")
                    && post("/druid/v2/sql", HISTORICALS).body().contains("historical");
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        HttpRequest complete = request.header("Accept", "application/json")
                // Ending a supervisor waits for what its Kafka client waits for, a minute by default.
                .timeout(Duration.ofMinutes(3))
                .build();
        try {
            return client.send(complete, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Druid was asked", interrupted);
        }
    }
}
