package sluice.platform.druid;

import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.platform.metric.RecordedMetrics;
import sluice.platform.secrets.SecretServer;
import sluice.platform.secrets.SecretsOverHttp;
import sluice.platform.state.PollSettings;
import sluice.simulation.DefaultSettings;
import sluice.simulation.InMemoryStateTable;
import sluice.simulation.ManualClock;

/** A cluster whose credentials are a secret, with Druid, Secrets Manager and SSM on this machine. */
@Isolated("Quarkus runs one test at a time")
abstract class SecretClusterTest {

    static final String SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:druid-AbCdEf";
    static final String READ = "GetSecretValue " + SECRET;

    static final String KAFKA = "kafka-\\\"hunter2";

    final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));

    final DruidStandIn druid = new DruidStandIn();

    final SecretServer services = new SecretServer();

    final SecretsOverHttp secrets = SecretsOverHttp.of(services, clock, "KAFKA=/kafka#password");

    @Inject
    TlsConfigurationRegistry tls;

    @BeforeEach
    void aSecretOfDefinitions() {
        services.holds("/kafka", "{\"password\": \"" + KAFKA + "\"}");
    }

    @AfterEach
    void stop() {
        druid.close();
        services.close();
    }

    RestDruidCluster cluster(String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("sluice.clusters.main.url", druid.url()));
        for (int index = 0; index < settings.length; index += 2) {
            all.put("sluice.clusters.main." + settings[index], settings[index + 1]);
        }
        ClustersConfig config = DefaultSettings.of(ClustersConfig.class, all);
        Clock clock = Clock.systemUTC();
        ClusterBreaker breaker = new ClusterBreaker(
                new InMemoryStateTable(clock),
                clock,
                DefaultSettings.of(PollSettings.class, Map.of()),
                new RecordedMetrics().metrics(clock));
        return new RestDruidClusters(
                        config,
                        tls,
                        secrets.store(),
                        secrets.mask(),
                        secrets.definitions(),
                        breaker,
                        new InvocationTime(clock))
                .connect("main");
    }

    /** How often the cluster's secret was read. */
    List<String> reads() {
        return services.calls().stream().filter(READ::equals).toList();
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    static String login(String password) {
        return "{\"username\": \"sluice\", \"password\": \"" + password + "\", \"engine\": \"of another application\"}";
    }
}
