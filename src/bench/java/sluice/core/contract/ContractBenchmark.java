package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Validations per second on one core of a spec of 3 KB; {@code ./mvnw -Pbench}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class ContractBenchmark {
    private Contract contract;
    private String text;
    private JsonNode document;
    private JsonNode spoiled;
    private Schema networknt;

    @Setup
    public void setUp() throws IOException {
        contract = Contract.forDruid("33");
        document = new ObjectMapper().readTree(Files.readString(Path.of("src/bench/resources/spec-3k.json")));
        text = document.toString();
        spoiled = new ObjectMapper().readTree(text.replace("maxRowsInMemory", "maxRowInMemory"));
        networknt = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("classpath:druid-contract/33/task.json"));
    }

    @Benchmark
    public Object goodDocument() {
        return contract.check(document);
    }

    @Benchmark
    public Object goodText() {
        return contract.check(text);
    }

    @Benchmark
    public Object documentWithATypo() {
        return contract.check(spoiled);
    }

    /** The same schema files in a JSON Schema validator, without the rules across fields. */
    @Benchmark
    public Object networkntSchemaOnly() {
        return networknt.validate(document);
    }
}
