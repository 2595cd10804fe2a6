package sluice.ingest.intake;

import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.platform.state.Key;

/** A time chunk of a datasource in a cluster: what objects gather for. */
record ChunkId(Feed feed, TimeChunk chunk) {

    String cluster() {
        return feed.cluster();
    }

    String datasource() {
        return feed.datasource();
    }

    Key key() {
        return Key.chunk(feed, chunk.start());
    }

    @Override
    public String toString() {
        return feed + " " + chunk.interval();
    }
}
