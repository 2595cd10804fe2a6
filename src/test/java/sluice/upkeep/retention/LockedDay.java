package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import sluice.entry.gate.Api;
import sluice.sandbox.Sandbox;

/** A task that holds Druid's lock on 2026-01-01 of a datasource, because its input never answers. */
public final class LockedDay implements AutoCloseable {

    private final Sandbox sandbox;
    private final String taskId;
    private final ServerSocket silent;

    public LockedDay(Sandbox sandbox, String datasource) {
        this.sandbox = sandbox;
        this.taskId = "lock-" + datasource;
        try {
            this.silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        String task =
                """
                {"type":"index_parallel","id":"%s","spec":{"dataSchema":{"dataSource":"%s",
                "timestampSpec":{"column":"time"},"dimensionsSpec":{"dimensions":["page"]},
                "granularitySpec":{"segmentGranularity":"DAY","intervals":["2026-01-01/2026-01-02"]}},
                "ioConfig":{"type":"index_parallel","inputFormat":{"type":"json"},
                "inputSource":{"type":"http","uris":["http://127.0.0.1:%d/never"]}},
                "tuningConfig":{"type":"index_parallel"}}}"""
                        .formatted(taskId, datasource, silent.getLocalPort());
        assertThat(sandbox.druid().post("/druid/indexer/v1/task", task).statusCode())
                .isEqualTo(200);
        Api.await().until(() -> sandbox.druid()
                .post("/druid/indexer/v1/activeLocks", "[{\"datasource\":\"" + datasource + "\",\"priority\":0}]")
                .body()
                .contains("2026-01-01"));
    }

    @Override
    public void close() {
        sandbox.druid().post("/druid/indexer/v1/task/" + taskId + "/shutdown", "{}");
        try {
            silent.close();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
