package sluice.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.core.contract.ExtensionTypes;
import sluice.ingest.DefinitionText;
import sluice.simulation.druid.InputRows;

/** A cluster with an extension that Sluice does not know. */
class OwnExtensionTest {

    private final World world = new World(Map.of());
    private final String definition = new DefinitionText("wiki")
            .toString()
            .replace(
                    "schema:\n",
                    "schema:\n  transformSpec: {transforms: [{type: currentTimestamp, name: loaded_at, format: iso}]}\n");

    private void upload() {
        world.upload("wiki/dt=2026-02-01/a.json", InputRows.at(Instant.parse("2026-02-01T03:00:00Z"), 10));
    }

    @Test
    void aTypeThatIsDeclaredIsLoaded() {
        // Given
        world.druid()
                .extensionTypes(ExtensionTypes.of(
                        List.of(JsonNodeFactory.instance.objectNode().put("transform", "currentTimestamp"))));
        world.define("wiki", definition);
        upload();

        // When
        world.settle(20);

        // Then
        assertThat(world.druid().servedRows("wiki"))
                .as(world.story().toString())
                .hasSize(1);
        assertThat(world.druid().given()).anySatisfy(task -> assertThat(task).contains("currentTimestamp"));
    }

    @Test
    void aTypeThatNobodyDeclaredIsNotSent() {
        // Given
        world.define("wiki", definition);
        upload();

        // When
        world.settle(20);

        // Then
        assertThat(world.druid().given()).noneSatisfy(task -> assertThat(task).contains("currentTimestamp"));
        assertThat(world.events())
                .anySatisfy(event -> assertThat(event.data().toString()).contains("currentTimestamp"));
    }
}
