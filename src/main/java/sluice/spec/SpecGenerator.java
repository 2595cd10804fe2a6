package sluice.spec;

import sluice.batch.Batch;
import sluice.definition.Definition;

/** Makes the Druid task that loads a batch. */
public final class SpecGenerator {

    private SpecGenerator() {}

    /** The task for the batch, the same bytes whenever definition, batch, hints and defaults are the same. */
    public static Generation generate(Definition definition, Batch batch, SpecHints hints, SpecDefaults defaults) {
        throw new UnsupportedOperationException("being written");
    }
}
