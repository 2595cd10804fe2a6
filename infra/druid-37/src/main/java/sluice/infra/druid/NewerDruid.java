package sluice.infra.druid;

import com.google.inject.Injector;
import java.util.EnumSet;
import org.apache.druid.cli.ServerRunnable;
import org.apache.druid.guice.StartupInjectorBuilder;

/**
 * Starts coordinator with overlord, historical and indexer of Druid 37, and the ZooKeeper through which {@link DruidFront}
 * finds them. Prints {@code UP} when all listen.
 *
 * <p>Usage: {@code NewerDruid <state folder> <base port>}, see {@link ClusterSettings}.
 */
public final class NewerDruid {

    private NewerDruid() {}

    public static void main(String[] arguments) throws Exception {
        ClusterSettings settings = ClusterSettings.parse(arguments);
        ZooKeeper.start(settings);
        Roles.run(EnumSet.of(Role.COORDINATOR, Role.HISTORICAL, Role.INDEXER), settings, NewerDruid::start);
    }

    /** Unlike Druid 33, this one binds each server's filter and its facts about the machine by itself (apache/druid #18147). */
    private static void start(Role role, ClusterSettings settings) {
        Injector startup = new StartupInjectorBuilder()
                .withProperties(CommonProperties.of(settings, role))
                .withExtensions()
                .build();
        ServerRunnable command = role.command();
        startup.injectMembers(command);
        command.initLifecycle(command.makeInjector(role.nodeRoles()));
    }
}
