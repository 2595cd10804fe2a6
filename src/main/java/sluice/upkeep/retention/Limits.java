package sluice.upkeep.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How far a sweep may go by itself ({@code SLUICE_RETENTION_...}). */
@ConfigMapping(prefix = "sluice.retention")
public interface Limits {

    /** Largest share of a datasource, by segments and by bytes, that one sweep marks unused or purges. */
    @WithDefault("0.5")
    double mostShare();

    /** Most segments of each category that one sweep of a datasource reads and acts on. */
    @WithDefault("50000")
    int mostSegments();

    /** Most kill runs that one sweep of a datasource plans. */
    @WithDefault("20")
    int mostKills();

    /** Shortest purgeAfter of a datasource whose tasks use concurrent locks. */
    @WithDefault("P1D")
    Duration leastBuffer();

    /** How long a newer version has to hide a segment before a sweep marks it; the coordinator does so after minutes. */
    @WithDefault("P1D")
    Duration overshadowedAfter();

    /** What happens to datasources that no definition has. */
    @WithDefault("report")
    Orphans orphans();

    /** How long a datasource has to be without a definition before a sweep marks it. */
    @WithDefault("P7D")
    Duration orphanAfter();

    /** How long unused segments of such a datasource stay. */
    @WithDefault("P30D")
    String orphanPurgeAfter();

    /** A second scheduled sweep of a datasource within this time is passed over: schedules may fire twice. */
    @WithDefault("PT1H")
    Duration pause();

    /** How long reports are kept. */
    @WithDefault("P400D")
    Duration keepReports();

    /** After this time a scheduled tick begins no further sweep; those left are the first of the next. */
    @WithDefault("PT13M")
    Duration timeLimit();

    /** What happens to datasources that no definition has. */
    enum Orphans {
        /** They are reported; each is removed by an explicit order only. */
        REPORT,
        /** Those that Sluice has loaded are removed. */
        LOADED,
        /** All of them are removed, whoever made them. */
        ALL
    }
}
