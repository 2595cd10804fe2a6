package sluice.platform.druid;

/** How Druid's tasks read input objects. */
public enum ObjectAccess {
    /** With Druid's S3 extension. */
    S3,
    /** Through URLs that Sluice signs. */
    PRESIGNED
}
