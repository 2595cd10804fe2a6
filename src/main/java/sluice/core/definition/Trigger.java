package sluice.core.definition;

import java.time.Duration;
import java.util.Objects;

/** What starts a run. */
public sealed interface Trigger {

    /** How long a trigger on objects waits by default. */
    Duration DEFAULT_SETTLE = Duration.ofMinutes(1);

    /**
     * Every object starts a run once its time chunk has been quiet for a while, so a burst of uploads becomes one run.
     *
     * @param settle how long the chunk must be quiet; zero starts the run immediately
     */
    record OnObject(Duration settle) implements Trigger {
        public OnObject {
            if (settle.isNegative()) {
                throw new IllegalArgumentException("settle: " + settle + " is negative");
            }
        }
    }

    /**
     * Objects only accumulate; a marker object in the chunk's folder starts the run.
     *
     * @param name the last part of the marker's key, for example {@code _SUCCESS}
     */
    record OnMarker(String name) implements Trigger {
        public OnMarker {
            Objects.requireNonNull(name, "name");
            if (name.isBlank() || name.contains("/")) {
                throw new IllegalArgumentException("name: '" + name + "' is not the last part of a key");
            }
        }
    }
}
