package sluice.simulation;

/**
 * One call to the object store.
 *
 * @param key the object's key; the prefix of a listing
 */
public record ObjectCall(Operation operation, String bucket, String key) {

    public enum Operation {
        LIST,
        HEAD,
        GET,
        READ_TAGS,
        REPLACE_TAGS
    }
}
