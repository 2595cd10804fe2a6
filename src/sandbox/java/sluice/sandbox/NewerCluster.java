package sluice.sandbox;

import java.net.URI;
import sluice.sandbox.druid.DruidProxy;
import sluice.sandbox.druid.DruidServer;
import sluice.sandbox.druid.DruidVersion;
import sluice.sandbox.process.PortBlock;
import sluice.sandbox.process.ProcessGuard;
import sluice.sandbox.s3.S3;

/**
 * The cluster {@code newer}: a Druid 37 beside the sandbox's own Druid, for what concerns two clusters. It takes memory and a
 * start, so it comes when somebody first asks for it. Until then the sandbox's own Druid answers for it.
 */
final class NewerCluster implements AutoCloseable {

    private final RunFolder folder;
    private final ProcessGuard guard;
    private final URI s3;
    private final DruidProxy proxy;
    private PortBlock ports;
    private DruidServer druid;

    NewerCluster(RunFolder folder, ProcessGuard guard, URI s3, DruidProxy proxy) {
        this.folder = folder;
        this.guard = guard;
        this.s3 = s3;
        this.proxy = proxy;
    }

    /** The functions' way to it. */
    DruidProxy proxy() {
        return proxy;
    }

    synchronized DruidServer druid() {
        if (druid == null) {
            ports = PortBlock.claim();
            druid = new DruidServer(
                    DruidVersion.V37,
                    guard,
                    folder.data("newer"),
                    ports.port(0),
                    s3,
                    S3.DRUID,
                    name -> folder.log("newer-" + name));
            druid.start();
            druid.awaitReady();
            proxy.leadTo(druid.router());
        }
        return druid;
    }

    @Override
    public synchronized void close() {
        proxy.close();
        if (ports != null) {
            ports.close();
        }
    }
}
