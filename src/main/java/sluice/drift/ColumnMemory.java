package sluice.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import sluice.state.Item;
import sluice.state.Key;
import sluice.state.StateTable;

/**
 * The columns that the files of a datasource have had so far. It only grows: what is loaded is not news the next time.
 * Two runs that learn at once may forget a column of one of them, which is then found once more.
 */
@ApplicationScoped
class ColumnMemory {

    private static final String BODY = "body";
    private static final TypeReference<Map<String, ColumnKind>> KINDS = new TypeReference<>() {};

    private final StateTable table;
    private final ObjectMapper mapper;

    ColumnMemory(StateTable table, ObjectMapper mapper) {
        this.table = table;
        this.mapper = mapper;
    }

    ObservedColumns recall(String datasource) {
        return table.get(Key.columns(datasource))
                .flatMap(item -> item.compressed(BODY))
                .map(this::read)
                .orElse(ObservedColumns.NONE);
    }

    void learn(String datasource, ObservedColumns known, ObservedColumns seen) {
        ObservedColumns all = known.and(seen);
        if (!all.equals(known)) {
            table.put(Item.at(Key.columns(datasource)).withCompressed(BODY, write(all)));
        }
    }

    private ObservedColumns read(String json) {
        try {
            return new ObservedColumns(mapper.readValue(json, KINDS));
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("the state table holds columns that cannot be read", exception);
        }
    }

    private String write(ObservedColumns columns) {
        try {
            return mapper.writeValueAsString(columns.kinds());
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("cannot be written as JSON", exception);
        }
    }
}
