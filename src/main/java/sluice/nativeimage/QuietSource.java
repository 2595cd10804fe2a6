package sluice.nativeimage;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final Set<String> unlisted;
    private final Set<String> listed;

    /** Lists all names but those that Quarkus has recorded for itself. */
    static QuietSource of(ConfigSource source) {
        Set<String> unlisted = new HashSet<>();
        Set<String> listed = new HashSet<>();
        for (String name : source.getPropertyNames()) {
            (name.startsWith(PreparedMapping.ROOT + ".") ? unlisted : listed).add(name);
        }
        return new QuietSource(source, unlisted, listed);
    }

    private QuietSource(ConfigSource source, Set<String> unlisted, Set<String> listed) {
        this.source = source;
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
            for (String name : unlisted) {
                if (name.startsWith(prefix) && name.startsWith(".", prefix.length())) {
                    more.add(name);
                }
            }
        }
        return more.size() == listed.size() ? this : new QuietSource(source, unlisted, more);
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
        return source.getName();
    }

    @Override
    public int getOrdinal() {
        return source.getOrdinal();
    }
}
