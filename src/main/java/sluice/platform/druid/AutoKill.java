package sluice.platform.druid;

/**
 * Whether Druid itself deletes unused segments. Then nobody else may (apache/druid #11568): two kill tasks on one interval
 * wait for each other's locks.
 */
public sealed interface AutoKill {

    /** Neither coordinator nor overlord deletes segments. */
    record Off() implements AutoKill {}

    /**
     * One of them deletes segments.
     *
     * @param setting the property or variable that says so
     */
    record On(String setting) implements AutoKill {}

    /**
     * Unknown.
     *
     * @param reason why the properties could not be read
     */
    record Unknown(String reason) implements AutoKill {}
}
