package sluice.simulation;

/**
 * One call to the object store.
 *
 * @param key the object's key; the prefix of a listing
 */
record ObjectCall(Operation operation, String bucket, String key) {

    enum Operation {
        LIST,
        HEAD,
        GET,
        READ_TAGS,
        REPLACE_TAGS
    }
}
