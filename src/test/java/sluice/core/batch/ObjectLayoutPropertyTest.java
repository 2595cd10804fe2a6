package sluice.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import sluice.core.definition.SegmentGranularity;
import sluice.core.definition.Source;
import sluice.core.definition.TimeChunkPattern;

class ObjectLayoutPropertyTest {

    @Property
    void everyObjectIsUnderThePrefixesOfItsChunkAndNoOther(
            @ForAll("patterns") String pattern,
            @ForAll SegmentGranularity granularity,
            @ForAll("instants") Instant instant,
            @ForAll("instants") Instant other) {
        TimeChunkPattern timeChunk = TimeChunkPattern.of(pattern);
        Assume.that(granularity.contains(timeChunk.unit()));
        ObjectLayout layout = new ObjectLayout(new Source("s3", "landing", "in/", timeChunk, ""), granularity);
        String key = "in/" + format(pattern, instant) + "/file.json";

        TimeChunk chunk = layout.chunkOf(key).orElseThrow();

        assertThat(chunk.start()).isBeforeOrEqualTo(instant);
        assertThat(chunk.end()).isAfter(instant);
        assertThat(layout.prefixes(chunk)).anyMatch(key::startsWith);
        String otherKey = "in/" + format(pattern, other) + "/file.json";
        boolean sameChunk = layout.chunkOf(otherKey).orElseThrow().equals(chunk);
        if (sameChunk) {
            assertThat(layout.prefixes(chunk)).anyMatch(otherKey::startsWith);
        }
    }

    @Property
    void chunksFollowEachOtherWithoutGap(@ForAll SegmentGranularity granularity, @ForAll("instants") Instant instant) {
        TimeChunk chunk = TimeChunk.holding(instant, granularity);

        assertThat(TimeChunk.holding(chunk.start(), granularity)).isEqualTo(chunk);
        assertThat(TimeChunk.holding(chunk.end().minusMillis(1), granularity)).isEqualTo(chunk);
        assertThat(TimeChunk.holding(chunk.end(), granularity).start()).isEqualTo(chunk.end());
    }

    @Property
    void noKeyIsAnException(@ForAll("patterns") String pattern, @ForAll String key) {
        ObjectLayout layout = new ObjectLayout(
                new Source("s3", "landing", "", TimeChunkPattern.of(pattern), ""), SegmentGranularity.YEAR);

        layout.chunkOf(key)
                .ifPresent(chunk -> assertThat(layout.prefixes(chunk)).anyMatch(key::startsWith));
        assertThat(layout.matches("another bucket", key)).isFalse();
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of(
                "'dt='yyyy-MM-dd",
                "yyyy/MM/dd/HH",
                "'dt='yyyy-MM-dd'/hr='HH",
                "yyyyMMdd",
                "yyyyMMddHHmmss",
                "yyyy/M/d/H",
                "dd-MM-yyyy",
                "uuuu-DDD",
                "yyyy",
                "yyyy/MM",
                "'year='yyyy'/dt='yyyy-MM-dd",
                "yyyy-MM-dd'T'HH.mm");
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(
                        Instant.parse("1970-01-01T00:00:00Z").getEpochSecond(),
                        Instant.parse("2099-12-31T23:59:59Z").getEpochSecond())
                .map(Instant::ofEpochSecond);
    }

    private static String format(String pattern, Instant instant) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                .format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }
}
