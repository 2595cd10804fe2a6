package sluice.ingest;

import sluice.core.batch.DefinitionSnapshot;

/** The active definitions. The registry implements it; ingestion only reads. */
public interface ActiveDefinitions {

    /** Returns the definitions, at most a few seconds old. */
    DefinitionSnapshot current();

    /** Reads the definitions anew and returns them. */
    DefinitionSnapshot fresh();

    /** Returns true if definitions are read from this S3 object. */
    boolean holds(String bucket, String key);
}
