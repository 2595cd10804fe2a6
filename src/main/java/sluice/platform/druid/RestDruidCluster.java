package sluice.platform.druid;

import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import sluice.core.contract.Contract;

/** A cluster, over Druid's HTTP APIs. */
final class RestDruidCluster implements DruidCluster {

    private static final String COORDINATOR_KILL = "druid.coordinator.kill.on";
    /** Later versions of Druid can also delete segments in the overlord. */
    private static final String OVERLORD_KILL = "druid.manager.segments.killUnused.enabled";

    private static final Set<String> OFF = Set.of("", "false", "0", "null");

    private final String name;
    private final ClusterConfig config;
    private final RestConnection connection;
    private final Optional<URI> console;
    private final ClusterContracts contracts;
    /** For calls that list segments. */
    private final RestConnection inventory;

    private final AnsweredVersion answered = new AnsweredVersion(Clock.systemUTC());

    RestDruidCluster(
            String name,
            ClusterConfig config,
            ClusterApis apis,
            ClusterBreaker breaker,
            InvocationTime time,
            DruidTexts texts,
            ClusterContracts contracts) {
        this.contracts = contracts;
        this.name = name;
        this.config = config;
        this.console = ConsoleAddress.of(name, config.url(), config.console());
        this.connection = new RestConnection(name, config.timeout(), apis, breaker, time, texts);
        this.inventory = new RestConnection(
                name, longer(config.timeout(), config.inventoryTimeout()), apis, breaker, time, texts);
    }

    private static Duration longer(Duration left, Duration right) {
        return left.compareTo(right) > 0 ? left : right;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String contractVersion() {
        return config.druidVersion().equals(AnsweredVersion.AUTO)
                ? answered.contract(this::version)
                : config.druidVersion();
    }

    @Override
    public Contract contract() {
        return contracts.of(contractVersion());
    }

    @Override
    public ObjectAccess objectAccess() {
        return config.objectAccess();
    }

    @Override
    public Optional<URI> console() {
        return console;
    }

    @Override
    public Optional<Outage> outage() {
        return connection.outage();
    }

    @Override
    public String version() {
        return connection
                .call("read version", () -> connection.apis().status().status())
                .json()
                .path("version")
                .asText();
    }

    @Override
    public Set<String> extensions() {
        Set<String> loaded = new TreeSet<>();
        connection
                .call("read extensions", () -> connection.apis().status().status())
                .json()
                .path("modules")
                .forEach(module -> loaded.add(module.path("artifact").asText()));
        loaded.remove("");
        return loaded;
    }

    @Override
    public int workerCapacity() {
        return connection
                .call("read worker capacity", () -> connection.overlord().workerCapacity())
                .json()
                .path("currentClusterCapacity")
                .asInt();
    }

    @Override
    public Map<String, String> workers() {
        Map<String, String> startTimes = new HashMap<>();
        connection
                .query(SqlQuery.of("SELECT \"server\", \"start_time\" FROM sys.servers"
                        + " WHERE \"server_type\" IN ('indexer', 'middle_manager')"))
                .forEach(row -> startTimes.put(
                        row.path("server").asText(), row.path("start_time").asText()));
        return Map.copyOf(startTimes);
    }

    @Override
    public Set<String> tiers() {
        return connection
                .query(SqlQuery.of("SELECT DISTINCT \"tier\" FROM sys.servers WHERE \"server_type\" = 'historical'"))
                .stream()
                .map(row -> row.path("tier").asText())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public AutoKill autoKill() {
        ClusterApis apis = connection.apis();
        try {
            return isOn("coordinator", () -> apis.coordinatorStatus().properties(), COORDINATOR_KILL)
                    ? new AutoKill.On(COORDINATOR_KILL)
                    : isOn("overlord", () -> apis.overlordStatus().properties(), OVERLORD_KILL)
                            ? new AutoKill.On(OVERLORD_KILL)
                            : new AutoKill.Off();
        } catch (DruidException exception) {
            if (exception.code() == DruidException.Code.UNAVAILABLE
                    || exception.code() == DruidException.Code.TIMED_OUT) {
                throw exception;
            }
            return switch (config.autoKill()) {
                case ON -> new AutoKill.On("SLUICE_CLUSTERS_<NAME>_AUTO_KILL");
                case OFF -> new AutoKill.Off();
                case UNKNOWN -> new AutoKill.Unknown(String.valueOf(exception.getMessage()));
            };
        }
    }

    private boolean isOn(String service, Supplier<Response> properties, String property) {
        String value = connection
                .call("read properties of the " + service, properties)
                .json()
                .path(property)
                .asText()
                .strip()
                .toLowerCase(Locale.ROOT);
        // Druid reads "True" and 1 as true. Whatever is not clearly off counts as on.
        return !OFF.contains(value);
    }

    @Override
    public DruidTasks tasks() {
        return new RestTasks(connection);
    }

    @Override
    public TaskTable taskTable() {
        return new SqlTaskTable(connection);
    }

    @Override
    public SegmentUsage segmentUsage() {
        return new RestSegmentUsage(connection);
    }

    @Override
    public ServedSegments servedSegments() {
        return new SqlServedSegments(connection);
    }

    @Override
    public SegmentCatalog segmentCatalog() {
        return new RestSegmentCatalog(inventory);
    }

    @Override
    public DatasourceSettings settings() {
        return new RestDatasourceSettings(connection);
    }

    @Override
    public Streams streams() {
        return new RestStreams(connection);
    }

    @Override
    public DatasourceQueries queries() {
        return new SqlDatasourceQueries(connection);
    }
}
