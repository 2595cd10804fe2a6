package sluice.entry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.ingest.run.ParallelExecutor;
import sluice.platform.druid.InvocationTime;
import sluice.platform.environment.EnvironmentSettings;
import sluice.platform.metric.Metrics;
import sluice.simulation.Beans;
import sluice.simulation.DefaultSettings;

class MessagesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Messages messages = new Messages(
            new ObjectMapper(),
            new Threads(),
            new Beans(Map.of()).with(Clock.class, Clock.systemUTC()).get(InvocationTime.class),
            DefaultSettings.of(MessageSettings.class),
            Clock.systemUTC(),
            new InvocationFrame(
                    new Beans(Map.of()).with(Clock.class, Clock.systemUTC()).get(Metrics.class)),
            DefaultSettings.of(EnvironmentSettings.class));

    @ParameterizedTest
    @CsvSource({
        "/sluice/default/poll, true",
        "/sluice/other/poll, false",
        "/somebody/else, false",
        "/sluice/default, false"
    })
    void anEventOfAnotherSourceIsDropped(String source, boolean isHandled) {
        // Given
        AtomicBoolean handled = new AtomicBoolean();

        // When
        messages.handle(
                message("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"" + source + "\"}"),
                body -> handled.set(true));

        // Then
        assertThat(handled.get()).isEqualTo(isHandled);
    }

    @Test
    void aMessageThatHangsDoesNotHoldTheOthersOfItsBatch() {
        // Given
        CountDownLatch answer = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        Uni<Void> hung = messages.start(message("{\"id\":\"1\"}"), body -> await(answer));

        // When
        messages.start(message("{\"id\":\"2\"}"), body -> done.set(true))
                .await()
                .atMost(PATIENCE);

        // Then
        assertThat(done).isTrue();
        answer.countDown();
        hung.await().atMost(PATIENCE);
    }

    @Test
    void aMessageThatFailsFailsAlone() {
        // Given
        Uni<Void> failing = messages.start(message("no JSON"), body -> {});

        // When
        Throwable failure = catchThrowable(() -> failing.await().atMost(PATIENCE));

        // Then
        assertThat(failure).hasMessageContaining("is not JSON");
        messages.start(message("{}"), body -> {}).await().atMost(PATIENCE);
    }

    private static SQSMessage message(String body) {
        SQSMessage message = new SQSMessage();
        message.setMessageId("m");
        message.setBody(body);
        return message;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    /** Each piece of work has a thread. */
    private static final class Threads implements ParallelExecutor {

        @Override
        public <T> void each(Collection<T> elements, Consumer<T> consumer) {
            elements.forEach(consumer);
        }

        @Override
        public CompletableFuture<Void> start(Runnable work) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                    done.complete(null);
                } catch (RuntimeException exception) {
                    done.completeExceptionally(exception);
                }
            });
            thread.setDaemon(true);
            thread.start();
            return done;
        }
    }
}
