package sluice.infra.druid;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.apache.commons.io.FileUtils;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/**
 * ZooKeeper in this process, for Druid's discovery.
 *
 * <p>It starts empty each time. Druid keeps nothing durable there, and the sessions of a killed process would otherwise
 * stay for half a minute and hold up the election of a leader.
 */
final class ZooKeeper {

    private static final int TICK_MILLIS = 500;
    private static final int ANY_NUMBER_OF_CONNECTIONS = 0;
    private static final int MAX_SESSION_MILLIS = 600_000;

    private ZooKeeper() {}

    static void start(ClusterSettings settings) throws IOException, InterruptedException {
        System.setProperty("zookeeper.admin.enableServer", "false");
        System.setProperty("zookeeper.forceSync", "no");
        File folder = new File(settings.folder("zookeeper"));
        FileUtils.deleteDirectory(folder);
        ZooKeeperServer server = new ZooKeeperServer(folder, folder, TICK_MILLIS);
        server.setMaxSessionTimeout(MAX_SESSION_MILLIS);
        ServerCnxnFactory.createFactory(
                        new InetSocketAddress("127.0.0.1", settings.zooKeeperPort()), ANY_NUMBER_OF_CONNECTIONS)
                .startup(server);
    }
}
