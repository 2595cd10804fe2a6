package sluice.nativeimage;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * A source of configuration that has a value for each of its names, but does not tell them all. At a start Quarkus walks
 * all names several times, to tell of those that are unknown or deprecated: names that it gave to itself are neither.
 */
final class QuietSource implements ConfigSource {

    private final ConfigSource source;
    private final Set<String> told;
    private final int ordinal;

    /** @param isHidden which names are not told */
    QuietSource(ConfigSource source, Predicate<String> isHidden) {
        this(source, new HashSet<>(source.getPropertyNames()));
        told.removeIf(isHidden);
    }

    private QuietSource(ConfigSource source, Set<String> told) {
        this.source = source;
        this.told = told;
        this.ordinal = source.getOrdinal();
    }

    /** One that tells no name at all. */
    static QuietSource tellingNone(ConfigSource source) {
        return new QuietSource(source, Set.of());
    }

    /** The same, which tells of those names too, where it has them. */
    QuietSource telling(Collection<String> names) {
        Set<String> more = new HashSet<>(names);
        more.retainAll(source.getPropertyNames());
        if (more.isEmpty()) {
            return this;
        }
        more.addAll(told);
        return new QuietSource(source, more);
    }

    @Override
    public Set<String> getPropertyNames() {
        return told;
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
        return ordinal;
    }
}
