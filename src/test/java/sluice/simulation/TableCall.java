package sluice.simulation;

import java.util.List;
import sluice.platform.state.Key;

/**
 * One call of the state table.
 *
 * @param kind what is called
 * @param keys of the items that the call names; none for a query
 */
public record TableCall(Kind kind, List<Key> keys) {

    /** The methods of the state table. */
    public enum Kind {
        GET,
        GET_ALL,
        PUT,
        UPDATE,
        REMOVE,
        TRANSACT,
        QUERY,
        DUE;

        public boolean isWrite() {
            return switch (this) {
                case PUT, UPDATE, REMOVE, TRANSACT -> true;
                case GET, GET_ALL, QUERY, DUE -> false;
            };
        }
    }

    public TableCall {
        keys = List.copyOf(keys);
    }
}
