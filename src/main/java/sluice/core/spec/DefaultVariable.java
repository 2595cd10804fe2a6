package sluice.core.spec;

import org.jspecify.annotations.Nullable;

/** The environment variables that set {@link SpecDefaults}. */
public enum DefaultVariable {
    TIMEOUT("PT4H", "an ISO-8601 duration above zero"),
    PRIORITY(null, 0, Integer.MAX_VALUE),
    TARGET_ROWS("5000000", 1, 100_000_000),
    TARGET_SEGMENT_BYTES("500000000", 1_000_000, 10_000_000_000L),
    MAX_SUB_TASKS("4", 1, 1_000),
    BYTES_PER_SUB_TASK("500000000", 1_000_000, 1_000_000_000_000L),
    MAX_ROWS_IN_MEMORY(null, 1, Integer.MAX_VALUE),
    MAX_SAVED_PARSE_EXCEPTIONS("5", 0, 1_000),
    TASK_STATUS_CHECK_PERIOD_MS(null, 1, Integer.MAX_VALUE);

    static final String PREFIX = "SLUICE_DEFAULT_";

    private final @Nullable String standard;
    private final long min;
    private final long max;
    private final String expected;

    DefaultVariable(@Nullable String standard, String expected) {
        this(standard, 0, 0, expected);
    }

    DefaultVariable(@Nullable String standard, long min, long max) {
        this(standard, min, max, "a whole number from " + min + " to " + max);
    }

    DefaultVariable(@Nullable String standard, long min, long max, String expected) {
        this.standard = standard;
        this.min = min;
        this.max = max;
        this.expected = expected;
    }

    /** Returns the name of the environment variable. */
    public String variable() {
        return PREFIX + name();
    }

    /** Returns the value if the variable is not set; null for Druid's own default. */
    public @Nullable String standard() {
        return standard;
    }

    /** Describes the accepted values. */
    public String expected() {
        return expected;
    }

    boolean allows(long value) {
        return value >= min && value <= max;
    }
}
