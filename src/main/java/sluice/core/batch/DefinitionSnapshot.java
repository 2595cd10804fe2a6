package sluice.core.batch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.core.definition.Definition;

/**
 * All definitions at one moment.
 *
 * @param index the valid ones, by the objects that concern them
 * @param byDatasource the valid ones
 * @param invalid the others
 */
public record DefinitionSnapshot(
        DefinitionIndex index, Map<String, Definition> byDatasource, List<InvalidDefinition> invalid) {

    public DefinitionSnapshot {
        byDatasource = Map.copyOf(byDatasource);
        invalid = List.copyOf(invalid);
    }

    public static DefinitionSnapshot of(List<Definition> valid, List<InvalidDefinition> invalid) {
        Map<String, Definition> byDatasource = new HashMap<>();
        valid.forEach(definition -> byDatasource.put(definition.datasource(), definition));
        return new DefinitionSnapshot(DefinitionIndex.of(valid), byDatasource, invalid);
    }

    public Optional<Definition> find(String datasource) {
        return Optional.ofNullable(byDatasource.get(datasource));
    }

    /** The first unreadable definition that the object seems to belong to. */
    public Optional<InvalidDefinition> invalidFor(String key) {
        return invalid.stream().filter(definition -> definition.mayOwn(key)).findFirst();
    }
}
