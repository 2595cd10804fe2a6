package sluice.sandbox.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sluice.sandbox.lambda.Routes.QueueSettings;

@Timeout(30)
class SqsQueueTest {

    private final SqsQueue queue = new SqsQueue("sluice-test", new QueueSettings("test", 3, 0, 360, 2), Duration.ZERO);

    @Test
    void aBatchHoldsAtMostTheBatchSize() throws InterruptedException {
        // Given
        queue.pause();
        List.of("a", "b", "c", "d").forEach(queue::send);

        // When
        queue.resume();
        List<Delivery> first = queue.receiveBatch();
        List<Delivery> second = queue.receiveBatch();

        // Then
        assertThat(first).extracting(Delivery::body).containsExactly("a", "b", "c");
        assertThat(second).extracting(Delivery::body).containsExactly("d");
    }

    @Test
    void aMessageThatFailedComesBackWithTheSameIdAndAnotherReceipt() throws InterruptedException {
        // Given
        queue.send("a");
        Delivery first = queue.receiveBatch().get(0);

        // When
        queue.release(first.messageId());
        Delivery second = queue.receiveBatch().get(0);

        // Then
        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(second.receiptHandle()).isNotEqualTo(first.receiptHandle());
        assertThat(second.receiveCount()).isEqualTo(2);
    }

    @Test
    void aMessageThatFailedTooOftenGoesToTheDeadLetterQueue() throws InterruptedException {
        // Given
        queue.send("poison");
        queue.release(queue.receiveBatch().get(0).messageId());
        queue.release(queue.receiveBatch().get(0).messageId());

        // When
        queue.send("next");
        List<Delivery> batch = queue.receiveBatch();

        // Then
        assertThat(batch).extracting(Delivery::body).containsExactly("next");
        assertThat(queue.deadLetters()).containsExactly("poison");
    }

    @Test
    void aHandledMessageIsGone() throws InterruptedException {
        // Given
        queue.send("a");

        // When
        queue.delete(queue.receiveBatch().get(0).messageId());

        // Then
        assertThat(queue.messages()).isEmpty();
        assertThat(queue.deadLetters()).isEmpty();
    }
}
