package sluice.ingest;

import sluice.core.batch.DefinitionSnapshot;

/** The definitions in force. The registry implements it; ingestion only reads. */
public interface ActiveDefinitions {

    /** Returns the definitions, at most a few seconds old. */
    DefinitionSnapshot current();

    /** Returns the definitions as they are now. */
    DefinitionSnapshot fresh();

    /** Returns true if definitions are read from this S3 object. */
    boolean holds(String bucket, String key);
}
