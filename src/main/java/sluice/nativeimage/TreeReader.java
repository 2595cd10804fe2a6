package sluice.nativeimage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.TreeNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Reads what is in a tree as it stands. Quarkus reads an event as a tree, to see of which kind it is, and has the tree
 * converted; Jackson's own way to that is to write it and to read what was written.
 */
final class TreeReader extends ObjectMapper {

    private static final long serialVersionUID = 1L;

    TreeReader(ObjectMapper mapper) {
        super(mapper);
    }

    @Override
    public ObjectMapper copy() {
        return new TreeReader(this);
    }

    @Override
    public <T> T convertValue(Object value, Class<T> type) {
        if (!(value instanceof TreeNode tree)) {
            return super.convertValue(value, type);
        }
        try {
            return treeToValue(tree, type);
        } catch (JsonProcessingException exception) {
            // As the original tells it.
            throw new IllegalArgumentException(exception.getMessage(), exception);
        }
    }
}
