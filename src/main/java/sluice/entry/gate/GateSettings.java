package sluice.entry.gate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Who may call the API ({@code SLUICE_GATE_...}). */
@ConfigMapping(prefix = "sluice.gate")
public interface GateSettings {

    /** Whether callers whom nobody has authenticated may do everything, as on a developer's machine. */
    @WithDefault("false")
    boolean open();

    /** {@code [{principals | claims, roles, datasources}]} in JSON; without it, see {@link Callers}. */
    Optional<String> roles();
}
