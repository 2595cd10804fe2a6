package sluice.infra.druid;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What a cluster needs to know.
 *
 * @param state      folder for metadata, segment caches and temporary files; absolute
 * @param basePort   first of the {@value #PORTS} ports that the cluster uses: the roles in their order (the router
 *                   first), ZooKeeper, Derby
 */
record ClusterSettings(Path state, int basePort, DeepStorage deepStorage) {

    private static final int PORTS = 7;

    ClusterSettings {
        if (!state.isAbsolute()) {
            throw new IllegalArgumentException("state must be an absolute path, but was " + state);
        }
        if (basePort < 1024 || basePort + PORTS > 65_536) {
            throw new IllegalArgumentException(
                    "basePort must leave room for " + PORTS + " ports above 1023, but was " + basePort);
        }
        Objects.requireNonNull(deepStorage, "deepStorage");
    }

    /** Reads {@code <state folder> <base port> [<S3 endpoint> <bucket>]}; without S3 deep storage is a folder of the state. */
    static ClusterSettings parse(String[] arguments) {
        if (arguments.length != 2 && arguments.length != 4) {
            throw new IllegalArgumentException("arguments must be <state folder> <base port> [<S3 endpoint> <bucket>]");
        }
        Path state = Path.of(arguments[0]).toAbsolutePath();
        return new ClusterSettings(
                state,
                Integer.parseInt(arguments[1]),
                arguments.length == 4
                        ? new DeepStorage.S3(arguments[2], arguments[3])
                        : new DeepStorage.Local(state.resolve("deep-storage").toString()));
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
