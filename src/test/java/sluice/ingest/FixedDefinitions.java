package sluice.ingest;

import java.util.List;
import sluice.core.batch.DefinitionSnapshot;
import sluice.core.batch.InvalidDefinition;
import sluice.core.definition.Definition;

/** Definitions as a test sets them. Definition files lie in the bucket {@code definitions}. */
public final class FixedDefinitions implements ActiveDefinitions {

    private DefinitionSnapshot current = DefinitionSnapshot.of(List.of(), List.of());
    private DefinitionSnapshot fresh = current;

    /** Makes these the active definitions, and nothing else. */
    public void set(Definition... definitions) {
        fresh = DefinitionSnapshot.of(List.of(definitions), List.of());
        current = fresh;
    }

    /** Makes this the active definition; only a fresh look shows it. */
    public void setUnseen(Definition definition) {
        fresh = DefinitionSnapshot.of(List.of(definition), List.of());
    }

    /** Makes this the only definition, which cannot be read. */
    public void setInvalid(InvalidDefinition invalid) {
        fresh = DefinitionSnapshot.of(List.of(), List.of(invalid));
        current = fresh;
    }

    @Override
    public DefinitionSnapshot current() {
        return current;
    }

    @Override
    public DefinitionSnapshot fresh() {
        return fresh;
    }

    @Override
    public boolean holds(String bucket, String key) {
        return bucket.equals("definitions");
    }
}
