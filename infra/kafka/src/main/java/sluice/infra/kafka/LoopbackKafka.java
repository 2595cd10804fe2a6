package sluice.infra.kafka;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka broker on 127.0.0.1, which is its own controller.
 *
 * <p>Usage: {@code LoopbackKafka <folder> <port> <controller port>}. Prints {@code UP} once it takes messages. Topics come
 * to be with their first message or reader, with one partition.
 */
public final class LoopbackKafka {

    private LoopbackKafka() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        Properties properties = new Properties();
        properties.putAll(properties(folder.resolve("log"), arguments[1], arguments[2]));
        format(folder.resolve("server.properties"), properties);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        server.startup();
        System.out.println("UP");
        server.awaitShutdown();
    }

    /** Kafka starts only on a folder that its own tool has formatted. */
    private static void format(Path file, Properties properties) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        String[] format = {
            "format", "--ignore-formatted", "-t", Uuid.randomUuid().toString(), "-c", file.toString()
        };
        int code = StorageTool.execute(format, System.err);
        if (code != 0) {
            throw new IllegalStateException("Kafka's storage tool ended with " + code);
        }
    }

    private static Map<String, String> properties(Path log, String port, String controllerPort) {
        Map<String, String> properties = new TreeMap<>();
        String broker = "PLAINTEXT://127.0.0.1:" + port;
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.put("listeners", broker + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", broker);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("inter.broker.listener.name", "PLAINTEXT");
        properties.put("log.dirs", log.toString());
        properties.put("num.partitions", "1");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        // The default of 128 MB is half of the heap of a small broker.
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        return properties;
    }
}
