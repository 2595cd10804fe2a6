package sluice.core.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.Definition;
import sluice.core.definition.Trigger;

/** Which definitions an object concerns. One object may feed several datasources. */
public final class DefinitionIndex {

    private final List<Entry> entries;

    private DefinitionIndex(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** Definitions without a batch part are passed over. */
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

    /** Every definition that the object concerns, in order of the datasource; empty when it concerns none. */
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

    /** What an object is to a definition. */
    public enum Role {
        /** Rows to load. */
        INPUT,
        /** The sign that a chunk's objects are complete. */
        MARKER
    }

    /**
     * One definition that an object concerns.
     *
     * @param definition the definition
     * @param layout its layout, for the time chunk of the key
     * @param role what the object is to it
     */
    public record Match(Definition definition, ObjectLayout layout, Role role) {}

    private record Entry(Definition definition, Trigger trigger, ObjectLayout layout) {}
}
