package sluice.upkeep.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How far a sweep may go by itself ({@code SLUICE_RETENTION_...}). */
@ConfigMapping(prefix = "sluice.retention")
public interface RetentionSettings {

    /** Largest share of a datasource, by segments and by bytes, that one sweep marks unused or purges. */
    @WithDefault("0.5")
    double maxShare();

    /** Largest share that a person may request for one sweep, instead of {@link #maxShare()}. */
    @WithDefault("1")
    double requestMaxShare();

    /** Whether a person may request a sweep that deletes a datasource without a definition. */
    @WithDefault("true")
    boolean requestOrphans();

    /** Maximum segments of each category that one sweep of a datasource reads and acts on. */
    @WithDefault("50000")
    int maxSegments();

    /** Maximum kill runs that one sweep of a datasource plans. */
    @WithDefault("20")
    int maxKills();

    /** Shortest {@code purgeAfter} of a datasource with appends or streams, whose tasks use concurrent locks. */
    @WithDefault("P1D")
    Duration minBuffer();

    /** How long a segment must be overshadowed before a sweep marks it unused; the coordinator does so after minutes. */
    @WithDefault("P1D")
    Duration overshadowedAfter();

    /** What to do with datasources without a definition. */
    @WithDefault("report")
    Orphans orphans();

    /** How long a datasource must be without a definition before it is removed. */
    @WithDefault("P7D")
    Duration orphanAfter();

    /** How long its unused segments are kept. */
    @WithDefault("P30D")
    String orphanPurgeAfter();

    /** A second scheduled sweep of a datasource within this time is skipped: schedules may fire twice. */
    @WithDefault("PT1H")
    Duration pause();

    /** How long reports are kept. */
    @WithDefault("P400D")
    Duration keepReports();

    /** After this time {@code retain} starts no further sweep; the next invocation starts with the remaining datasources. */
    @WithDefault("PT13M")
    Duration timeLimit();

    /** What to do with datasources without a definition. */
    enum Orphans {
        /** Report them; only an explicit request removes one. */
        REPORT,
        /** Remove those that Sluice has loaded. */
        LOADED,
        /** Remove all of them, whoever created them. */
        ALL
    }
}
