package sluice.entry.function;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How {@code generate} and {@code submit} handle messages ({@code SLUICE_MESSAGES_...}). */
@ConfigMapping(prefix = "sluice.messages")
public interface MessageSettings {

    /** After this time an invocation makes no further call to Druid; what is left is done later. */
    @WithDefault("PT50S")
    Duration timeLimit();
}
