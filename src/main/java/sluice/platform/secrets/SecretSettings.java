package sluice.platform.secrets;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The secrets that definitions may use ({@code SLUICE_SECRETS}). */
@ConfigMapping(prefix = "sluice")
public interface SecretSettings {

    /** {@code NAME=reference} or {@code NAME=reference#key}; none by default. */
    Optional<List<String>> secrets();
}
