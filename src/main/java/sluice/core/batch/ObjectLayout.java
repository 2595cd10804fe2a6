package sluice.core.batch;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import sluice.core.definition.SegmentGranularity;
import sluice.core.definition.Source;

/**
 * How the objects of one datasource lie in their bucket: prefix, then time, then anything. The time in the key may be
 * finer than the segmentGranularity: hour folders under DAY segments belong to the whole day.
 *
 * @param source where the objects lie
 * @param granularity length of a time chunk
 */
public record ObjectLayout(Source source, SegmentGranularity granularity) {

    public ObjectLayout {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(granularity, "granularity");
        if (!granularity.contains(source.timeChunk().unit())) {
            throw new IllegalArgumentException("timeChunk '" + source.timeChunk() + "' tells "
                    + source.timeChunk().unit() + ", too coarse for chunks of " + granularity);
        }
    }

    /**
     * Whether the object is input of the datasource: its bucket, prefix and suffix are right and it is neither a folder nor
     * hidden. Hidden are, as for Hive and Spark, parts of the key after the prefix that begin with {@code .} or {@code _}
     * ({@code _SUCCESS}, {@code _temporary/}), but for partition folders such as {@code _year=2026}.
     */
    public boolean matches(String bucket, String key) {
        return lies(bucket, key)
                && key.endsWith(source.suffix())
                && !key.endsWith("/")
                && !hidden(key.substring(source.prefix().length()));
    }

    /** Whether the object is the marker of that name in a folder of the datasource. */
    public boolean isMarker(String bucket, String key, String name) {
        return lies(bucket, key) && key.substring(key.lastIndexOf('/') + 1).equals(name);
    }

    /** The time chunk that a key tells, empty when there is no time after the prefix. */
    public Optional<TimeChunk> chunkOf(String key) {
        if (!key.startsWith(source.prefix())) {
            return Optional.empty();
        }
        return source.timeChunk()
                .match(key, source.prefix().length())
                .map(match -> TimeChunk.holding(match.start(), granularity));
    }

    /**
     * The few key prefixes which, listed, show every object of the chunk. They may show others too: filter by
     * {@link #chunkOf}.
     */
    public List<String> prefixes(TimeChunk chunk) {
        Map<ChronoUnit, String> first = source.timeChunk().prefixes(chunk.start());
        ChronoUnit coarsest = first.keySet().stream()
                .filter(granularity::contains)
                .max(ChronoUnit::compareTo)
                .orElseThrow();
        TreeSet<String> prefixes = new TreeSet<>();
        LocalDateTime time = LocalDateTime.ofInstant(chunk.start(), ZoneOffset.UTC);
        for (Instant start = chunk.start(); start.isBefore(chunk.end()); start = time.toInstant(ZoneOffset.UTC)) {
            prefixes.add(source.prefix() + source.timeChunk().prefixes(start).get(coarsest));
            time = time.plus(1, coarsest);
        }
        return List.copyOf(prefixes);
    }

    private boolean lies(String bucket, String key) {
        return source.bucket().equals(bucket) && key.startsWith(source.prefix());
    }

    private static boolean hidden(String rest) {
        for (String part : rest.split("/")) {
            if (part.startsWith(".") || part.startsWith("_") && !part.contains("=")) {
                return true;
            }
        }
        return false;
    }
}
