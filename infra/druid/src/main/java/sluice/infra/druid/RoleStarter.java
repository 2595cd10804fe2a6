package sluice.infra.druid;

import com.google.inject.Injector;
import org.apache.druid.cli.ServerRunnable;
import org.apache.druid.guice.RuntimeInfoModule;
import org.apache.druid.guice.StartupInjectorBuilder;
import org.eclipse.jetty.server.Server;

/** Starts one role as Druid's own main class would, but beside others in the same process. */
final class RoleStarter {

    private RoleStarter() {}

    static void start(Role role, ClusterSettings settings) {
        Injector startup = new StartupInjectorBuilder()
                .withProperties(CommonProperties.of(settings, role))
                .withExtensions()
                .add(new RuntimeInfoModule())
                .build();
        ServerRunnable command = role.command();
        startup.injectMembers(command);
        Injector injector = command.makeInjector(role.nodeRoles());
        Server server = injector.getInstance(role.server());
        GuiceFilters.bind(server, injector);
        command.initLifecycle(injector);
    }
}
