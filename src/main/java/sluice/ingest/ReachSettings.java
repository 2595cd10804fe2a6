package sluice.ingest;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** What definitions may reach ({@code SLUICE_BUCKETS}, {@code SLUICE_REACH}). */
@ConfigMapping(prefix = "sluice")
public interface ReachSettings {

    /** {@code datasource=bucket/prefix*}, with {@code *} for any text in datasource and bucket; without it, every bucket. */
    Optional<List<String>> buckets();

    /** What else is allowed: {@code address=...}, {@code class=...}, {@code role=...} or a word; nothing by default. */
    Optional<List<String>> reach();
}
