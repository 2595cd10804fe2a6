package sluice.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * Runs work as a small function would: on a stack of 512 KiB, and with limited memory. The measure of work is the number of
 * allocated bytes, which is the same on a fast machine and on a slow one.
 */
public final class BoundedWork {

    /** What one hostile document may cost, garbage included: a text of 1 MB in one token costs SnakeYAML 1.5 GB of garbage. */
    public static final long MEGABYTES = 2_000;

    private static final long STACK_BYTES = 512 << 10;

    private BoundedWork() {}

    /** Returns the result of the work, and asserts that it did not allocate more than {@link #MEGABYTES}. */
    public static <T> T of(Callable<T> work) throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] allocated = new long[1];
        FutureTask<T> task = new FutureTask<>(() -> {
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                return work.call();
            } finally {
                allocated[0] = threads.getCurrentThreadAllocatedBytes() - before;
            }
        });
        Thread thread = new Thread(null, task, "bounded", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        T result = task.get();
        assertThat(allocated[0] >> 20).as("allocated megabytes").isLessThan(MEGABYTES);
        return result;
    }
}
