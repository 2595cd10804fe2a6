package sluice.platform.metric;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Which metrics functions write ({@code SLUICE_METRICS_...}). */
@ConfigMapping(prefix = "sluice.metrics")
public interface MetricSettings {

    /** Whether functions write metrics. */
    @WithDefault("true")
    boolean enabled();

    /** Datasources that have metrics of their own. CloudWatch charges each metric of each of them. */
    Optional<List<String>> datasources();
}
