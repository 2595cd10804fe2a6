package sluice.oracle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.inject.Injector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.druid.indexing.common.task.Task;
import org.apache.druid.indexing.overlord.supervisor.SupervisorSpec;
import org.apache.druid.indexing.seekablestream.supervisor.IdleConfig;
import org.apache.druid.indexing.seekablestream.supervisor.autoscaler.AutoScalerConfig;
import org.apache.druid.server.coordinator.DataSourceCompactionConfig;
import org.apache.druid.server.coordinator.rules.Rule;

/**
 * Derives the JSON Schemas of Druid's ingestion specs from the classes of the Druid on the class path, and writes them.
 *
 * <p>Usage: {@code SchemaGenerator <folder> <overlay.jsonc> <Druid major version> [<folder of a
 * neighbouring version>]}. One file per concept, draft
 * 2020-12, two spaces, keys in a fixed order, and {@code functions.json} with the names of the expression functions. The
 * same jars and overlay give the same bytes.
 */
public final class SchemaGenerator {
    private SchemaGenerator() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Injector injector = DruidMapper.injector();
        ObjectMapper druid = DruidMapper.of(injector);
        Overlay overlay = Overlay.read(Path.of(arguments[1]), arguments[2]);
        Neighbour neighbour = arguments.length > 3 ? Neighbour.read(Path.of(arguments[3])) : Neighbour.none();
        Definitions definitions = new Definitions(druid, overlay, neighbour);
        definitions.add(
                Task.class,
                SupervisorSpec.class,
                DataSourceCompactionConfig.class,
                Rule.class,
                AutoScalerConfig.class, // supervisors of extensions refer to these two
                IdleConfig.class);
        Files.createDirectories(folder);
        for (Map.Entry<String, ObjectNode> file :
                new SchemaFiles(arguments[2], overlay).of(definitions).entrySet()) {
            write(folder.resolve(file.getKey() + ".json"), file.getValue());
        }
        write(folder.resolve("functions.json"), Functions.of(injector));
        System.exit(0); // Druid's injector leaves threads behind
    }

    private static void write(Path file, ObjectNode content) throws IOException {
        Files.writeString(file, new JsonText().of(content));
    }
}
