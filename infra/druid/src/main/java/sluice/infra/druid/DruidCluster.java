package sluice.infra.druid;

import java.util.EnumSet;

/**
 * Starts the whole cluster and prints {@code UP} when every role listens. Ends with code 1 when a role cannot start.
 *
 * <p>Usage: {@code DruidCluster <state folder> <base port> <S3 endpoint> <bucket>}, see {@link ClusterSettings}. A
 * cluster that was killed goes on where it was when it is started again with the same arguments: its tasks run again
 * from their beginning.
 */
public final class DruidCluster {

    private DruidCluster() {}

    public static void main(String[] arguments) throws Exception {
        ClusterSettings settings = ClusterSettings.parse(arguments);
        ZooKeeper.start(settings);
        Roles.run(EnumSet.allOf(Role.class), settings, RoleStarter::start);
    }
}
