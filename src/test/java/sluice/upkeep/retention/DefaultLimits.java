package sluice.upkeep.retention;

import io.smallrye.config.SmallRyeConfigBuilder;

/** The limits of an environment that says nothing about them. */
final class DefaultLimits {

    static final Limits LIMITS =
            new SmallRyeConfigBuilder().withMapping(Limits.class).build().getConfigMapping(Limits.class);

    private DefaultLimits() {}
}
