package sluice.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quarkus.runtime.ShutdownEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadPoolTest {

    private final ThreadPool pool = new ThreadPool();

    @AfterEach
    void stop() {
        pool.stop(new ShutdownEvent());
    }

    @Test
    void elementsAreWorkedOnAtOnce() {
        // Given
        CountDownLatch all = new CountDownLatch(8);
        Set<Integer> met = ConcurrentHashMap.newKeySet();

        // When
        pool.each(List.of(1, 2, 3, 4, 5, 6, 7, 8), element -> {
            all.countDown();
            if (meets(all)) {
                met.add(element);
            }
        });

        // Then
        assertThat(met).hasSize(8);
    }

    @Test
    void aFailureIsToldAfterAllAreDone() {
        // Given
        Set<Integer> done = ConcurrentHashMap.newKeySet();

        // When
        Throwable failure = catchThrowable(() -> pool.each(List.of(1, 2, 3), element -> {
            if (element == 2) {
                throw new IllegalStateException("two");
            }
            done.add(element);
        }));

        // Then
        assertThat(done).containsExactlyInAnyOrder(1, 3);
        assertThat(failure).isInstanceOf(CompletionException.class).hasRootCauseMessage("two");
    }

    @Test
    void aPoolThatHasStoppedTakesNothing() {
        // Given
        pool.stop(new ShutdownEvent());

        // When
        Throwable failure = catchThrowable(() -> pool.each(List.of(1, 2), element -> {}));

        // Then
        assertThat(failure).isInstanceOf(RejectedExecutionException.class);
    }

    private static boolean meets(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
