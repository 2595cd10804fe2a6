package sluice.sandbox.druid;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import sluice.sandbox.component.Components;
import sluice.sandbox.component.Server;

/** The versions of Druid that the sandbox can start. */
public enum DruidVersion {

    /** All of Druid 33 in one process, with deep storage in S3. */
    V33("33", List.of(Server.DRUID)),

    /**
     * Coordinator, overlord, historical and indexer of Druid 37, with deep storage in a folder. Its SQL and its extensions are
     * not on Maven Central. A broker of Druid 33 stands in, and polls for used segments, as brokers of 37 do by default
     * (apache/druid #19075): each 5 seconds here, where ticks come each second, and each minute there, where ticks do, too.
     */
    V37("37", List.of(Server.DRUID_37, Server.DRUID_FRONT)) {
        @Override
        void gather() {
            Components.resolveNewerDruid();
        }

        @Override
        Map<String, String> properties() {
            return Map.of(
                    "druid.sql.planner.metadataSegmentCacheEnable", "true",
                    "druid.sql.planner.metadataSegmentPollPeriod", "5000");
        }
    };

    private static final String PROPERTY = "sandbox.druid";

    private final String number;
    private final List<Server> servers;

    DruidVersion(String number, List<Server> servers) {
        this.number = number;
        this.servers = servers;
    }

    /**
     * The version that {@code -Dsandbox.druid} names, Druid 33 by default.
     *
     * @throws IllegalArgumentException if the sandbox has no such version
     */
    public static DruidVersion fromSystemProperty() {
        String wanted = System.getProperty(PROPERTY, V33.number);
        return Arrays.stream(values())
                .filter(version -> version.number.equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        PROPERTY + " must be one of " + Arrays.toString(values()) + ", but was " + wanted));
    }

    /** Whether it keeps segments in S3 and reads input from there. If not, input comes over HTTP. */
    public boolean readsS3() {
        return this == V33;
    }

    /** Makes sure that its jars are there. The sandbox has gathered those of Druid 33 already. */
    void gather() {}

    /** Properties of Druid that only this version has in the sandbox. */
    Map<String, String> properties() {
        return Map.of();
    }

    /** Its processes. The first runs the tasks. */
    List<Server> servers() {
        return servers;
    }

    @Override
    public String toString() {
        return number;
    }
}
