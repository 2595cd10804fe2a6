package sluice.sandbox.component;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import sluice.sandbox.process.JavaCommand;

/** A server of the sandbox: its launcher in {@code infra/}, and the memory that it gets. Each prints UP when it is up. */
public enum Server {

    /** Druid 33. Further arguments: first port, S3 endpoint, bucket. */
    DRUID("druid", "sluice.infra.druid.DruidCluster", 512, DruidOptions.ALL),

    /** Druid 37 without broker and router. Further argument: first port. */
    DRUID_37("druid-37", "sluice.infra.druid.NewerDruid", 512, DruidOptions.ALL),

    /** Broker and router of Druid 33 for {@link #DRUID_37}. Further argument: first port. */
    DRUID_FRONT("druid", "sluice.infra.druid.DruidFront", 256, DruidOptions.ALL),

    /** Further arguments: port, port of the controller. */
    KAFKA("kafka", "sluice.infra.kafka.LoopbackKafka", 192),

    /** Further arguments: port, buckets. */
    S3("s3", "sluice.infra.s3.LoopbackS3", 256);

    /** What a server prints when it is up. */
    public static final String UP = "UP";

    private static final class DruidOptions {
        static final String[] ALL = {
            "-XX:MaxDirectMemorySize=256m",
            // DataSketches reaches into direct buffers; without it tasks fail while they build segments.
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "-Djava.util.logging.manager=org.apache.logging.log4j.jul.LogManager"
        };
    }

    private final String module;

    private final String mainClass;
    private final int heapMegabytes;
    private final List<String> options;

    Server(String module, String mainClass, int heapMegabytes, String... options) {
        this.module = module;
        this.mainClass = mainClass;
        this.heapMegabytes = heapMegabytes;
        this.options = List.of(options);
    }

    /** Name of its process and of its log. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The command line that starts it, with its class archive if there is one.
     *
     * @param folder    for its state
     * @param arguments the further arguments
     */
    public List<String> command(Path folder, String... arguments) {
        JavaCommand command = new JavaCommand();
        Path archive = classArchive();
        if (archive.toFile().length() > 0) {
            command.option("-XX:SharedArchiveFile=" + archive);
        }
        return complete(command, folder, arguments);
    }

    /** As {@link #command}, but writes the archive of its classes when it ends in an orderly way. */
    List<String> archivingCommand(Path archive, Path folder, String... arguments) {
        JavaCommand command = new JavaCommand().option("-XX:ArchiveClassesAtExit=" + archive);
        return complete(command.option("-Xlog:cds=off").option("-Xlog:cds+dynamic=off"), folder, arguments);
    }

    /** The archive for the Java that runs; another Java could not use it. */
    Path classArchive() {
        return Project.folder("infra", module, "target", "classes-" + Runtime.version() + ".jsa");
    }

    private List<String> complete(JavaCommand command, Path folder, String... arguments) {
        options.forEach(command::option);
        String[] all = Stream.concat(Stream.of(folder.toString()), Arrays.stream(arguments))
                .toArray(String[]::new);
        return command.heap(heapMegabytes).main(List.of(Components.folder(module)), mainClass, all);
    }
}
