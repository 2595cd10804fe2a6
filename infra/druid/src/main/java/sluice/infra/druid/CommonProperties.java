package sluice.infra.druid;

import java.util.Map;
import java.util.Properties;

/**
 * The properties of every role. System properties that start with {@code druid.} win over them.
 *
 * <p>See <a href="https://druid.apache.org/docs/33.0.0/configuration/">Druid's configuration reference</a>.
 */
final class CommonProperties {

    private CommonProperties() {}

    static Properties of(ClusterSettings settings, Role role) {
        Properties properties = new Properties();
        properties.putAll(services(settings));
        properties.putAll(metadata(settings));
        properties.putAll(settings.deepStorage().properties());
        properties.putAll(smallMachine(settings));
        properties.setProperty("druid.service", role.serviceName());
        properties.setProperty("druid.plaintextPort", String.valueOf(settings.port(role)));
        properties.putAll(role.properties(settings));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("druid."))
                .forEach(name -> properties.setProperty(name, System.getProperty(name)));
        return properties;
    }

    private static Map<String, String> services(ClusterSettings settings) {
        return Map.of(
                "druid.host",
                "127.0.0.1",
                // Without it Jetty listens on every interface, whatever druid.host says.
                "druid.bindOnHost",
                "true",
                "druid.zk.service.host",
                "127.0.0.1:" + settings.zooKeeperPort(),
                "druid.zk.paths.base",
                "/druid",
                "druid.selectors.indexing.serviceName",
                "druid/overlord",
                "druid.selectors.coordinator.serviceName",
                "druid/coordinator",
                // The extensions are on the class path already.
                "druid.extensions.loadList",
                "[]",
                "druid.extensions.searchCurrentClassloader",
                "true");
    }

    private static Map<String, String> metadata(ClusterSettings settings) {
        return Map.of(
                "druid.metadata.storage.type",
                "derby",
                "druid.metadata.storage.connector.host",
                "127.0.0.1",
                "druid.metadata.storage.connector.port",
                String.valueOf(settings.derbyPort()),
                "druid.metadata.storage.connector.connectURI",
                "jdbc:derby://127.0.0.1:%d/%s;create=true"
                        .formatted(settings.derbyPort(), settings.folder("derby/db")));
    }

    private static Map<String, String> smallMachine(ClusterSettings settings) {
        return Map.ofEntries(
                Map.entry("druid.processing.tmpDir", settings.folder("tmp")),
                Map.entry("druid.processing.numThreads", "1"),
                Map.entry("druid.processing.numMergeBuffers", "2"),
                Map.entry("druid.processing.buffer.sizeBytes", "4MiB"),
                Map.entry("druid.cache.sizeInBytes", "1000000"),
                Map.entry("druid.server.http.numThreads", "16"),
                Map.entry("druid.lookup.enableLookupSyncOnStartup", "false"),
                Map.entry("druid.emitter", "noop"),
                Map.entry("druid.monitoring.monitors", "[]"),
                Map.entry("druid.startup.logging.logProperties", "false"),
                Map.entry("druid.server.http.gracefulShutdownTimeout", "PT1S"),
                Map.entry("druid.server.http.unannouncePropagationDelay", "PT0S"),
                Map.entry("druid.indexer.task.gracefulShutdownTimeout", "PT1S"));
    }
}
