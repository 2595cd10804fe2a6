package sluice.infra.druid;

import com.google.inject.Injector;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.druid.cli.ServerRunnable;
import org.apache.druid.guice.RuntimeInfoModule;
import org.apache.druid.guice.StartupInjectorBuilder;
import org.eclipse.jetty.server.Server;

/** Starts one role as Druid's own main class would, but beside others in the same process. */
final class RoleStarter implements Callable<Role> {

    private final Role role;
    private final ClusterSettings settings;

    RoleStarter(Role role, ClusterSettings settings) {
        this.role = role;
        this.settings = settings;
    }

    /** @return the role, once it listens and has announced itself */
    @Override
    public Role call() {
        Properties properties = CommonProperties.of(settings, role);
        Injector startup = new StartupInjectorBuilder()
                .withProperties(properties)
                .withExtensions()
                .add(new RuntimeInfoModule())
                .build();
        ServerRunnable command = role.command();
        startup.injectMembers(command);
        Injector injector = command.makeInjector(role.nodeRoles());
        Server server = injector.getInstance(role.server());
        GuiceFilters.bind(server, injector);
        command.initLifecycle(injector);
        return role;
    }
}
