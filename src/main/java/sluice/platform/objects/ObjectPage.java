package sluice.platform.objects;

import java.util.List;
import java.util.Optional;

/**
 * One page of a listing.
 *
 * @param objects at most {@link ObjectStore#PAGE_SIZE}, in the order of their keys' UTF-8 bytes
 * @param next token that asks for the next page; empty on the last page
 */
public record ObjectPage(List<StoredObject> objects, Optional<String> next) {

    public ObjectPage {
        objects = List.copyOf(objects);
    }
}
