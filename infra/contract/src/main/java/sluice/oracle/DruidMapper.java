package sluice.oracle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import java.util.Properties;
import java.util.Set;
import org.apache.druid.cli.CliOverlord;
import org.apache.druid.discovery.NodeRole;
import org.apache.druid.guice.StartupInjectorBuilder;
import org.apache.druid.guice.annotations.Json;
import org.apache.druid.utils.JvmUtils;
import org.apache.druid.utils.RuntimeInfo;

/**
 * The object mapper of a real Overlord: what it reads, the Overlord accepts. Only the injector is made; nothing is
 * started, no port is opened.
 */
final class DruidMapper {
    private DruidMapper() {}

    static Injector injector() {
        Properties properties = new Properties();
        properties.setProperty("druid.host", "127.0.0.1");
        properties.setProperty("druid.service", "druid/overlord");
        properties.setProperty("druid.plaintextPort", "8090");
        properties.setProperty("druid.zk.service.enabled", "true");
        properties.setProperty("druid.metadata.storage.type", "derby");
        properties.setProperty("druid.extensions.loadList", "[]");
        properties.setProperty("druid.emitter", "noop");
        properties.setProperty("druid.monitoring.monitors", "[]");
        properties.setProperty("druid.startup.logging.logProperties", "false");
        properties.setProperty("druid.indexer.runner.type", "httpRemote");
        properties.setProperty("druid.indexer.storage.type", "local");
        StartupInjectorBuilder builder =
                new StartupInjectorBuilder().withProperties(properties).withExtensions();
        builder.add(runtimeInfo());
        CliOverlord overlord = new CliOverlord();
        builder.build().injectMembers(overlord);
        return overlord.makeInjector(Set.of(NodeRole.OVERLORD));
    }

    static ObjectMapper of(Injector injector) {
        return injector.getInstance(Key.get(ObjectMapper.class, Json.class));
    }

    /** Druid 33 has a module for it; later versions bind it elsewhere. */
    private static Module runtimeInfo() {
        try {
            return (Module) Class.forName("org.apache.druid.guice.RuntimeInfoModule")
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException absent) {
            return binder -> binder.bind(RuntimeInfo.class).toInstance(JvmUtils.getRuntimeInfo());
        }
    }
}
