package sluice.infra.druid;

import java.util.EnumSet;

/**
 * Starts a broker and a router for a cluster whose other roles, and whose ZooKeeper, are another process on the same block
 * of ports. Prints {@code UP} when both listen.
 *
 * <p>Usage: {@code DruidFront <state folder> <base port>}, see {@link ClusterSettings}.
 */
public final class DruidFront {

    private DruidFront() {}

    public static void main(String[] arguments) throws Exception {
        Roles.run(EnumSet.of(Role.ROUTER, Role.BROKER), ClusterSettings.parse(arguments), RoleStarter::start);
    }
}
