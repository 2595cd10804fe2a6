package sluice.core.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.Definition;
import sluice.core.definition.Trigger;

/** Finds the definitions that an object belongs to. One object may feed several datasources. */
public final class DefinitionIndex {

    private final List<Entry> entries;

    private DefinitionIndex(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** Indexes all definitions that have a batch part. */
    public static DefinitionIndex of(Collection<Definition> definitions) {
        List<Entry> entries = new ArrayList<>();
        for (Definition definition : definitions) {
            BatchDefinition batch = definition.batch();
            if (batch != null) {
                ObjectLayout layout =
                        new ObjectLayout(batch.source(), definition.schema().segmentGranularity());
                entries.add(new Entry(definition, batch.trigger(), layout));
            }
        }
        entries.sort(Comparator.comparing(entry -> entry.definition().datasource()));
        return new DefinitionIndex(entries);
    }

    /** Returns every definition that the object belongs to, ordered by datasource. */
    public List<Match> match(String bucket, String key) {
        List<Match> matches = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.trigger() instanceof Trigger.OnMarker marker
                    && entry.layout().isMarker(bucket, key, marker.name())) {
                matches.add(new Match(entry.definition(), entry.layout(), Role.MARKER));
            } else if (entry.layout().matches(bucket, key)) {
                matches.add(new Match(entry.definition(), entry.layout(), Role.INPUT));
            }
        }
        return List.copyOf(matches);
    }

    /** The role of an object for a definition. */
    public enum Role {
        /** A file with rows to load. */
        INPUT,
        /** The signal that a chunk's objects are complete. */
        MARKER
    }

    /**
     * One definition that an object belongs to.
     *
     * @param layout the definition's layout, which tells the time chunk of a key
     * @param role the role of the object for this definition
     */
    public record Match(Definition definition, ObjectLayout layout, Role role) {}

    private record Entry(Definition definition, Trigger trigger, ObjectLayout layout) {}
}
