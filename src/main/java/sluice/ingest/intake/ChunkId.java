package sluice.ingest.intake;

import sluice.core.batch.TimeChunk;
import sluice.platform.state.Key;

/** A time chunk of a datasource in a cluster: what objects gather for. */
record ChunkId(String cluster, String datasource, TimeChunk chunk) {

    Key key() {
        return Key.chunk(cluster, datasource, chunk.start());
    }

    @Override
    public String toString() {
        return cluster + "/" + datasource + " " + chunk.interval();
    }
}
