package sluice.platform.druid;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.platform.metric.RecordedMetrics;
import sluice.platform.secrets.DefinitionSecrets;
import sluice.platform.secrets.SecretMask;
import sluice.platform.secrets.SecretStore;
import sluice.platform.state.PollSettings;
import sluice.platform.state.StateTable;
import sluice.simulation.DefaultSettings;
import sluice.simulation.InMemoryStateTable;

/** Connects to {@link DruidOnWire} as the functions do. Each test has its own process, and its own memory of outages. */
@QuarkusTestResource(DruidOnWire.class)
@Isolated("Quarkus runs one test at a time")
abstract class ConnectedTest {

    @Inject
    ClustersConfig config;

    @Inject
    TlsConfigurationRegistry tls;

    @Inject
    SecretStore secrets;

    @Inject
    SecretMask mask;

    @Inject
    DefinitionSecrets definitionSecrets;

    final Clock clock = Clock.systemUTC();

    /** Each test has its own table, because the breaker remembers. */
    private final StateTable table = new InMemoryStateTable(clock);

    RestDruidClusters clusters;
    RestDruidCluster cluster;

    @BeforeEach
    void aClusterWithoutAnOutage() {
        DruidOnWire.SERVER.resetAll();
        clusters = process(Duration.ofMinutes(1));
        cluster = clusters.connect("main");
    }

    /** The clusters as a process sees them, in an invocation that has so much time left. */
    RestDruidClusters process(Duration left) {
        InvocationTime time = new InvocationTime(clock);
        time.endsAt(clock.instant().plus(left));
        ClusterBreaker breaker = new ClusterBreaker(
                table,
                clock,
                DefaultSettings.of(PollSettings.class, Map.of("sluice.poll.min-interval", "PT1M")),
                new RecordedMetrics().metrics(clock));
        return new RestDruidClusters(config, tls, secrets, mask, definitionSecrets, breaker, time);
    }

    static void properties(String service, ResponseDefinitionBuilder answer) {
        DruidOnWire.SERVER.stubFor(
                get(urlEqualTo("/proxy/" + service + "/status/properties")).willReturn(answer));
    }
}
