package sluice.simulation.druid;

import java.util.Optional;

/** Where tasks read input objects, at the moment when they begin to run. */
public interface ObjectStorage {

    /** What the object holds now, or empty where there is no such object. */
    Optional<InputRows> read(String bucket, String key);
}
