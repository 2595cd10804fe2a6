package sluice.govern.drift;

import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateJson;
import sluice.platform.state.StateTable;

/**
 * Remembers the columns that the files of a datasource have had. It only grows, so a loaded column is not new again. If two
 * runs learn at once, one may overwrite a column of the other, which is then reported once more.
 */
@ApplicationScoped
class ColumnMemory {

    private static final String BODY = "body";
    private static final TypeReference<Map<String, ColumnKind>> KINDS = new TypeReference<>() {};

    private final StateTable table;
    private final StateJson json;

    ColumnMemory(StateTable table, StateJson json) {
        this.table = table;
        this.json = json;
    }

    ObservedColumns recall(String datasource) {
        return table.get(Key.columns(datasource))
                .flatMap(item -> item.compressed(BODY))
                .map(text -> new ObservedColumns(json.read(text, KINDS)))
                .orElse(ObservedColumns.NONE);
    }

    void learn(String datasource, ObservedColumns known, ObservedColumns seen) {
        ObservedColumns all = known.and(seen);
        if (!all.equals(known)) {
            // Earlier versions of Sluice read this item, too, and know only the kinds that columns are stored as.
            table.put(Item.at(Key.columns(datasource))
                    .withCompressed(BODY, json.write(all.stored().kinds())));
        }
    }
}
