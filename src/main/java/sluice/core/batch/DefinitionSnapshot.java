package sluice.core.batch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.core.definition.Definition;

/**
 * All definitions at one moment.
 *
 * @param index finds the valid definitions by object
 * @param byDatasource the valid definitions
 * @param invalid the definitions that cannot be read
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

    /** Returns the first definition whose text its store does not give out. */
    public Optional<InvalidDefinition> withheld() {
        return invalid.stream().filter(InvalidDefinition::isWithheld).findFirst();
    }

    /** Returns the names of unreadable definitions which do not show what objects they are fed from. */
    public List<String> unrecognisable() {
        return invalid.stream()
                .filter(definition -> definition.prefix() == null)
                .map(InvalidDefinition::name)
                .toList();
    }

    /** Returns the first unreadable definition that the object probably belongs to. */
    public Optional<InvalidDefinition> invalidFor(String key) {
        return invalid.stream().filter(definition -> definition.mayOwn(key)).findFirst();
    }
}
