package sluice.simulation.druid;

import java.util.List;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.TaskReport;

/** A {@code noop} task. */
final class NoWork implements TaskWork {

    @Override
    public List<TimeChunk> chunks() {
        return List.of();
    }

    @Override
    public void start() {}

    @Override
    public void publish(Fate fate) {}

    @Override
    public TaskReport report(String failure) {
        return new TaskReport(0, 0, 0, 0, -1, List.of(), failure);
    }
}
