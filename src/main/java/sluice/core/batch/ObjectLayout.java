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
 * Where the objects of one datasource lie in their bucket: prefix, then time, then anything. The time in the key may be
 * finer than segmentGranularity: with DAY segments, all hour folders of a day belong to the same chunk.
 *
 * @param source bucket, prefix, time pattern and suffix
 * @param granularity length of a time chunk
 */
public record ObjectLayout(Source source, SegmentGranularity granularity) {

    public ObjectLayout {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(granularity, "granularity");
        if (!granularity.contains(source.timeChunk().unit())) {
            throw new IllegalArgumentException("timeChunk '" + source.timeChunk() + "' ends at "
                    + source.timeChunk().unit() + ", too coarse for time chunks of one " + granularity);
        }
    }

    /**
     * Returns true if the object is input of the datasource: bucket, prefix and suffix match, and it is neither a
     * folder nor hidden. As in Hive and Spark, a part of the key after the prefix that begins with {@code .} or {@code
     * _} hides the object ({@code _SUCCESS}, {@code _temporary/}). Partition folders such as {@code _year=2026} do not.
     */
    public boolean matches(String bucket, String key) {
        return lies(bucket, key)
                && key.endsWith(source.suffix())
                && !key.endsWith("/")
                && !hidden(key.substring(source.prefix().length()));
    }

    /** Returns true if the object is the marker of that name in a folder of the datasource. */
    public boolean isMarker(String bucket, String key, String name) {
        return lies(bucket, key) && key.substring(key.lastIndexOf('/') + 1).equals(name);
    }

    /** Returns the time chunk that the key names, if a time follows the prefix. */
    public Optional<TimeChunk> chunkOf(String key) {
        if (!key.startsWith(source.prefix())) {
            return Optional.empty();
        }
        return source.timeChunk()
                .match(key, source.prefix().length())
                .map(match -> TimeChunk.holding(match.start(), granularity));
    }

    /**
     * Returns the key prefixes under which all objects of the chunk lie. A listing may also contain other objects:
     * filter it with {@link #chunkOf}.
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
