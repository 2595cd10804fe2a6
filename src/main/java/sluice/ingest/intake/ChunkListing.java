package sluice.ingest.intake;

import java.util.List;
import sluice.core.batch.InputObject;

/**
 * The objects of a time chunk as S3 lists them.
 *
 * @param objects all of them, including empty and archived ones
 * @param archived those that cannot be read until they are restored
 */
record ChunkListing(List<InputObject> objects, List<InputObject> archived) {
    ChunkListing {
        objects = List.copyOf(objects);
        archived = List.copyOf(archived);
    }
}
