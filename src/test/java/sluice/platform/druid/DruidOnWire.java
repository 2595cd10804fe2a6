package sluice.platform.druid;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A Druid whose answers the test decides, and one that never answers. */
public class DruidOnWire implements QuarkusTestResourceLifecycleManager {

    static final WireMockServer SERVER =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    static final HungServer HUNG = HungServer.start();

    @Override
    public Map<String, String> start() {
        SERVER.start();
        return Map.ofEntries(
                Map.entry("sluice.clusters.main.url", SERVER.baseUrl()),
                Map.entry("sluice.clusters.main.username", "user"),
                Map.entry("sluice.clusters.main.password", "secret"),
                Map.entry("sluice.clusters.closed.url", SERVER.baseUrl()),
                Map.entry("sluice.clusters.brief.url", SERVER.baseUrl()),
                Map.entry("sluice.clusters.brief.timeout", "PT0.2S"),
                Map.entry("sluice.clusters.brief.inventory-timeout", "PT30S"),
                Map.entry("sluice.clusters.hung.url", HUNG.url()),
                Map.entry("sluice.clusters.hung.timeout", "PT1S"),
                Map.entry("sluice.clusters.patient.url", HUNG.url()),
                Map.entry("sluice.clusters.patient.timeout", "PT1M"),
                Map.entry("sluice.clusters.closed.auto-kill", "off"),
                Map.entry("sluice.table", "sluice"),
                Map.entry("sluice.bus", "sluice"),
                Map.entry("quarkus.funqy.export", "poll"),
                Map.entry("sluice.definitions", "src/test/resources"));
    }

    @Override
    public void stop() {
        SERVER.stop();
        HUNG.stop();
    }
}
