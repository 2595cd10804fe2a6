package sluice.sandbox.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import sluice.sandbox.process.PortBlock;

/**
 * A Kafka broker, which starts when somebody first asks for it: most tests do without. It has ports of its own, beside those
 * of the sandbox.
 */
public final class Kafka implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Consumer<String[]> starter;
    private PortBlock ports;

    /** @param starter starts the server on the ports that it is given, and waits until it is up */
    public Kafka(Consumer<String[]> starter) {
        this.starter = starter;
    }

    /** What Kafka's clients, Druid among them, have as {@code bootstrap.servers}. */
    public synchronized String bootstrapServers() {
        if (ports == null) {
            ports = PortBlock.claim();
            starter.accept(new String[] {String.valueOf(ports.port(0)), String.valueOf(ports.port(1))});
        }
        return "127.0.0.1:" + ports.port(0);
    }

    /** Puts messages into a topic, which comes to be with the first, and waits until Kafka has them. */
    public void send(String topic, List<String> messages) {
        Map<String, Object> properties = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers(),
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.ACKS_CONFIG,
                "all");
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(properties)) {
            List<Future<?>> sent = new ArrayList<>();
            messages.forEach(message -> sent.add(producer.send(new ProducerRecord<>(topic, message))));
            for (Future<?> future : sent) {
                future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException("Kafka did not take the messages", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while messages were sent", interrupted);
        }
    }

    @Override
    public synchronized void close() {
        if (ports != null) {
            ports.close();
        }
    }
}
