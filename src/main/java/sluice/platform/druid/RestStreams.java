package sluice.platform.druid;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Running supervisors, over the HTTP API of the overlord. */
final class RestStreams implements Streams {

    private final RestConnection connection;

    RestStreams(RestConnection connection) {
        this.connection = connection;
    }

    @Override
    public Optional<StreamStatus> status(String supervisor) {
        return connection
                .found("read supervisor status", () -> connection.overlord().supervisorStatus(supervisor))
                .map(connection.texts()::report)
                .map(StreamStatus::of);
    }

    @Override
    public StreamCounts counts(String supervisor) {
        return connection
                .found("read supervisor statistics", () -> connection.overlord().supervisorStats(supervisor))
                .map(StreamCounts::of)
                .orElseGet(() -> new StreamCounts(List.of(), 0, 0, 0, 0));
    }

    /** Druid refuses what is so already. */
    @Override
    public void suspend(String supervisor) {
        connection.call("suspend supervisor", () -> connection.overlord().suspendSupervisor(supervisor, "{}"));
    }

    @Override
    public void resume(String supervisor) {
        connection.call("resume supervisor", () -> connection.overlord().resumeSupervisor(supervisor, "{}"));
    }

    @Override
    public void handOff(String supervisor, List<Integer> taskGroups) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        taskGroups.forEach(group -> body.withArray("taskGroupIds").add(group));
        connection
                .call("hand off", () -> connection.overlord().handOffSupervisor(supervisor, body.toString()))
                .requireSuccess();
    }

    @Override
    public void reset(String supervisor) {
        connection
                .call("reset supervisor", () -> connection.overlord().resetSupervisor(supervisor, "{}"))
                .requireSuccess();
    }

    @Override
    public Optional<String> resetOffsets(String supervisor, String type, String stream, Map<String, Long> offsets) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("type", type);
        ObjectNode partitions = body.putObject("partitions").put("type", "end").put("stream", stream);
        ObjectNode map = partitions.putObject("partitionOffsetMap");
        offsets.forEach(map::put);
        return connection.refusal(
                "reset offsets", () -> connection.overlord().resetSupervisorOffsets(supervisor, body.toString()));
    }
}
