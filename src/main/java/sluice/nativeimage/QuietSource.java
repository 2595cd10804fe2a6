package sluice.nativeimage;

import io.smallrye.config.DefaultValuesConfigSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * A source of configuration that has all its values but lists only some of its names.
 *
 * <p>At each start Quarkus walks all names several times, to warn of unknown and deprecated ones and to find the keys of
 * maps. Names that Quarkus has recorded itself are neither unknown nor deprecated, and a map that the executable holds
 * needs no keys. {@code gate} spends most of its start's instructions on these walks if all names are listed.
 */
final class QuietSource implements ConfigSource {

    private final ConfigSource source;
    private final String name;
    /** Sorted, so that those under a prefix are found without reading the others. */
    private final NavigableSet<String> unlisted;

    private final Set<String> listed;

    /** Lists all names but those that Quarkus has recorded for itself. */
    static QuietSource of(ConfigSource source) {
        return of(source, source.getName());
    }

    /**
     * The same of default values. Quarkus knows them by the name of their source, and takes others for settings: it warns of
     * those that are deprecated. SmallRye keeps the name to itself, so only this source can have it.
     */
    static QuietSource ofDefaults(Map<String, String> defaults) {
        return of(
                new DefaultValuesConfigSource(defaults, "prepared defaults", DefaultValuesConfigSource.ORDINAL),
                DefaultValuesConfigSource.NAME);
    }

    private static QuietSource of(ConfigSource source, String name) {
        NavigableSet<String> unlisted = new TreeSet<>();
        Set<String> listed = new HashSet<>();
        for (String property : source.getPropertyNames()) {
            (property.startsWith(PreparedMapping.ROOT + ".") ? unlisted : listed).add(property);
        }
        return new QuietSource(source, name, unlisted, listed);
    }

    private QuietSource(ConfigSource source, String name, NavigableSet<String> unlisted, Set<String> listed) {
        this.source = source;
        this.name = name;
        this.unlisted = unlisted;
        this.listed = listed;
    }

    /**
     * Returns a source that also lists what is under the prefixes: Quarkus maps those properties at this start.
     *
     * @param prefixes of mappings, without the final dot
     */
    QuietSource listing(List<String> prefixes) {
        Set<String> more = new HashSet<>(listed);
        for (String prefix : prefixes) {
            // A slash follows a dot.
            more.addAll(unlisted.subSet(prefix + ".", prefix + "/"));
        }
        return more.size() == listed.size() ? this : new QuietSource(source, name, unlisted, more);
    }

    @Override
    public Set<String> getPropertyNames() {
        return listed;
    }

    @Override
    public String getValue(String name) {
        return source.getValue(name);
    }

    @Override
    public Map<String, String> getProperties() {
        return source.getProperties();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public int getOrdinal() {
        return source.getOrdinal();
    }
}
