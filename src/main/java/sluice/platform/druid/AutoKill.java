package sluice.platform.druid;

/**
 * Whether Druid itself removes unused segments for good. Nobody else may beside it (apache/druid #11568): two kill tasks on
 * one interval wait for each other's locks.
 */
public sealed interface AutoKill {

    /** Neither coordinator nor overlord does. */
    record Off() implements AutoKill {}

    /**
     * One of them does.
     *
     * @param setting the property or variable that says so
     */
    record On(String setting) implements AutoKill {}

    /**
     * Nobody says.
     *
     * @param reason why the properties could not be read
     */
    record Unknown(String reason) implements AutoKill {}
}
