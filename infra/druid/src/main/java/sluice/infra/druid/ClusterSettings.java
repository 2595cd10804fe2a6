package sluice.infra.druid;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What a cluster needs to know.
 *
 * @param state      folder for metadata, segment caches and temporary files; absolute
 * @param basePort   first of the {@value #PORTS} ports that the cluster uses: the roles in their order (the router
 *                   first), ZooKeeper, Derby
 * @param s3Endpoint address of the S3 server that holds deep storage and task logs, such as http://127.0.0.1:9000
 * @param bucket     bucket for deep storage and task logs; must exist
 */
record ClusterSettings(Path state, int basePort, String s3Endpoint, String bucket) {

    private static final int PORTS = 7;

    ClusterSettings {
        if (!state.isAbsolute()) {
            throw new IllegalArgumentException("state must be an absolute path, but was " + state);
        }
        if (basePort < 1024 || basePort + PORTS > 65_536) {
            throw new IllegalArgumentException(
                    "basePort must leave room for " + PORTS + " ports above 1023, but was " + basePort);
        }
        Objects.requireNonNull(s3Endpoint, "s3Endpoint");
        Objects.requireNonNull(bucket, "bucket");
    }

    static ClusterSettings parse(String[] arguments) {
        if (arguments.length != 4) {
            throw new IllegalArgumentException("usage: DruidCluster <state folder> <base port> <S3 endpoint> <bucket>");
        }
        return new ClusterSettings(
                Path.of(arguments[0]).toAbsolutePath(), Integer.parseInt(arguments[1]), arguments[2], arguments[3]);
    }

    int port(Role role) {
        return basePort + role.ordinal();
    }

    int zooKeeperPort() {
        return basePort + Role.values().length;
    }

    int derbyPort() {
        return zooKeeperPort() + 1;
    }

    String folder(String name) {
        return state.resolve(name).toString();
    }
}
