package sluice.platform.druid;

import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** One Druid cluster, as the environment describes it ({@code SLUICE_CLUSTERS_<NAME>_...}). */
public interface ClusterConfig {

    /** Address of the router with its management proxy, which serves the overlord, the coordinator and SQL. */
    URI url();

    /** Address of the overlord, for clusters whose router does not proxy it. */
    Optional<URI> overlordUrl();

    /** Address of the coordinator, for clusters whose router does not proxy it. */
    Optional<URI> coordinatorUrl();

    /**
     * Reference to the secret with the credentials: the ARN of a Secrets Manager secret, or the ARN or name of an SSM parameter.
     * Excludes the other settings of credentials and TLS.
     */
    Optional<String> secret();

    /** User of basic authentication. */
    Optional<String> username();

    /** Password of basic authentication. */
    Optional<String> password();

    /** Token of bearer authentication. */
    Optional<String> bearerToken();

    /** Name of a Quarkus TLS configuration, for mutual TLS or a private certificate authority. */
    Optional<String> tlsConfiguration();

    /** Whether user and password, or a token, may go over http to another machine. */
    @WithDefault("refused")
    PlaintextCredentials plaintextCredentials();

    /** How Druid reads input objects: {@code s3} with its S3 extension, {@code presigned} through URLs that Sluice signs. */
    @WithDefault("s3")
    ObjectAccess objectAccess();

    /** The Druid version whose contract specs are checked against: {@code 33} to {@code 38}, or {@code auto}: the cluster's. */
    @WithDefault("auto")
    String druidVersion();

    /**
     * Types of the cluster's own extensions, as {@code sluice-cli lint --extension} reads them from a file, in YAML or JSON:
     * {@code {transform: currentTimestamp}}.
     */
    Optional<String> druidExtensions();

    /** Time-out of a call. */
    @WithDefault("PT20S")
    Duration timeout();

    /**
     * Time-out of a call that lists segments. Brokers go through all segments of the cluster for every page of {@code
     * sys.segments} (apache/druid #16392).
     */
    @WithDefault("PT2M")
    Duration inventoryTimeout();

    /**
     * Address of Druid's web console for people's browsers, or {@code none}. The page of {@code sluice ui} links tasks to it.
     * The router's by default.
     */
    Optional<String> console();

    /**
     * Whether Druid itself deletes unused segments. Used only if Sluice may not read the properties of coordinator and
     * overlord.
     */
    @WithDefault("unknown")
    AutoKill autoKill();

    /** Whether credentials may go over http. */
    enum PlaintextCredentials {
        REFUSED,
        ALLOWED
    }

    /** Whether Druid itself deletes unused segments. */
    enum AutoKill {
        ON,
        OFF,
        UNKNOWN
    }
}
