package sluice.core.spec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import sluice.core.batch.Batch;
import sluice.core.batch.InputObject;
import sluice.core.batch.ObjectLayout;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Definition;

/** Batches that tests begin with. */
final class Batches {

    static final Instant WRITTEN = Instant.parse("2026-01-02T03:04:05Z");

    private Batches() {}

    static InputObject object(String key, long size) {
        return new InputObject("landing", key, "etag-of-" + key, size, WRITTEN);
    }

    /** A batch of objects of 1 MB, in the chunks that their keys tell. */
    static Batch of(Definition definition, String... keys) {
        return of(
                definition,
                Arrays.stream(keys).map(key -> object(key, 1_000_000)).toList());
    }

    static Batch of(Definition definition, List<InputObject> objects) {
        ObjectLayout layout = new ObjectLayout(
                definition.batch().source(), definition.schema().segmentGranularity());
        TreeSet<TimeChunk> chunks = new TreeSet<>();
        objects.forEach(object -> chunks.add(layout.chunkOf(object.key()).orElseThrow()));
        return new Batch(definition.datasource(), new ArrayList<>(chunks), objects);
    }
}
