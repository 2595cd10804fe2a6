package sluice.ingest.intake;

import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.platform.state.Key;

/** A time chunk of a datasource on a cluster. Objects gather for it. */
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
