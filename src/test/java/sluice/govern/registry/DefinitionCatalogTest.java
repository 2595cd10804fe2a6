package sluice.govern.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.core.batch.DefinitionSnapshot;
import sluice.core.batch.InvalidDefinition;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.core.definition.Drift;
import sluice.core.definition.reader.ReadResult;
import sluice.govern.GovernWorld;
import sluice.platform.state.Key;

class DefinitionCatalogTest {

    private final GovernWorld world = new GovernWorld();
    private final DefinitionCatalog catalog = world.bean(DefinitionCatalog.class);

    @Test
    void aDefinitionInAFileIsActive() {
        // Given
        world.world().define("wiki", GovernWorld.text("wiki"));

        // When
        DefinitionSnapshot definitions = catalog.current();

        // Then
        assertThat(definitions.byDatasource()).containsOnlyKeys("wiki");
    }

    @Test
    void theCacheIsReadAgainAfterItsTimeAndByAFreshLook() {
        // Given
        catalog.current();
        world.world().define("wiki", GovernWorld.text("wiki"));

        // When
        DefinitionSnapshot cached = catalog.current();
        world.pass(Duration.ofSeconds(6));
        DefinitionSnapshot later = catalog.current();
        world.world().define("news", GovernWorld.text("news"));
        DefinitionSnapshot fresh = catalog.fresh();

        // Then
        assertThat(cached.byDatasource()).isEmpty();
        assertThat(later.byDatasource()).containsOnlyKeys("wiki");
        assertThat(fresh.byDatasource()).containsOnlyKeys("wiki", "news");
    }

    @Test
    void unchangedFilesAreNotParsedAgain() {
        // Given
        world.world().define("wiki", GovernWorld.text("wiki"));
        world.apply(GovernWorld.text("news"));
        DefinitionSnapshot before = catalog.fresh();

        // When
        DefinitionSnapshot after = catalog.fresh();

        // Then
        assertThat(after).isSameAs(before);
    }

    @Test
    void aChangedFileIsParsedAloneAndTheOthersAreNot() {
        // Given
        world.world().define("wiki", GovernWorld.text("wiki"));
        world.world().define("news", GovernWorld.text("news"));
        DefinitionSnapshot before = catalog.fresh();
        world.world().define("news", GovernWorld.text("news", "drift: fail"));

        // When
        DefinitionSnapshot after = catalog.fresh();

        // Then
        assertThat(after.find("news")).map(Definition::drift).contains(Drift.FAIL);
        assertThat(after.find("wiki").orElseThrow())
                .isSameAs(before.find("wiki").orElseThrow());
    }

    @Test
    void theAppliedVersionCountsAndNotTheFile() {
        // Given
        world.world().define("wiki", GovernWorld.text("wiki", "drift: warn"));
        world.apply(GovernWorld.text("wiki", "drift: fail"));

        // When
        DefinitionSnapshot definitions = catalog.fresh();

        // Then
        assertThat(definitions.find("wiki")).map(Definition::drift).contains(Drift.FAIL);
        assertThat(definitions.invalid()).isEmpty();
    }

    @Test
    void ofTwoFilesForOneDatasourceTheSecondIsInvalid() {
        // Given
        world.world().define("a", GovernWorld.text("wiki", "drift: warn"));
        world.world().define("b", GovernWorld.text("wiki", "drift: fail"));

        // When
        DefinitionSnapshot definitions = catalog.fresh();

        // Then
        assertThat(definitions.find("wiki")).map(Definition::drift).contains(Drift.WARN);
        assertThat(definitions.invalid()).singleElement().satisfies(invalid -> assertThat(invalid.summary())
                .contains("SLU-0900"));
    }

    @Test
    void anInvalidFileIsKeptWithItsFindingsAndBlocksNoOther() {
        // Given
        world.world().define("wiki", GovernWorld.text("wiki"));
        world.world().define("broken", GovernWorld.text("broken", "drift: sometimes"));

        // When
        DefinitionSnapshot definitions = catalog.fresh();

        // Then
        assertThat(definitions.byDatasource()).containsOnlyKeys("wiki");
        assertThat(definitions.invalid()).singleElement().satisfies(invalid -> assertThat(invalid.summary())
                .contains("broken"));
    }

    @Test
    void aPointerToAMissingVersionIsAnInvalidDefinitionAndDoesNotStopTheOthers() {
        // Given
        world.apply(GovernWorld.text("wiki"));
        world.apply(GovernWorld.text("other"));
        world.world().table().remove(Key.definitionVersion("wiki", 1));

        // When
        DefinitionSnapshot snapshot = catalog.fresh();

        // Then
        assertThat(snapshot.find("other")).isPresent();
        assertThat(snapshot.find("wiki")).isEmpty();
        assertThat(snapshot.invalid())
                .singleElement()
                .extracting(InvalidDefinition::summary)
                .asString()
                .contains("no version 1 of wiki");
    }

    @Test
    void knowsWhichObjectsAreDefinitions() {
        assertThat(catalog.holds("definitions", "definitions/wiki.yaml")).isTrue();
        assertThat(catalog.holds("definitions", "definitions/wiki.txt")).isFalse();
        assertThat(catalog.holds("definitions", "elsewhere/wiki.yaml")).isFalse();
        assertThat(catalog.holds("landing", "definitions/wiki.yaml")).isFalse();
    }

    @Test
    void readsYamlAndJson() {
        // Given
        String json = world.read(GovernWorld.text("wiki")).document().toString();

        // When
        ReadResult result = catalog.read(json);

        // Then
        assertThat(result).isInstanceOf(ReadResult.Valid.class);
        assertThat(((ReadResult.Valid) result).definition().hash())
                .isEqualTo(world.read(GovernWorld.text("wiki")).hash());
    }

    @Test
    void onlyAllowedEnvironmentVariablesAreReplaced() {
        // Given
        DefinitionCatalog allowing = new GovernWorld(Map.of("sluice.variables", "PATH,SLUICE_NO_SUCH_VARIABLE"))
                .bean(DefinitionCatalog.class);
        String text = GovernWorld.text("wiki")
                .replace("bucket: sluice-landing", "bucket: sluice-landing, endpoint: \"${%s}\"");

        // When
        List<Finding> allowed = allowing.read(text.formatted("PATH")).findings();
        List<Finding> forbidden = catalog.read(text.formatted("PATH")).findings();
        List<Finding> missing =
                allowing.read(text.formatted("SLUICE_NO_SUCH_VARIABLE")).findings();

        // Then
        assertThat(allowed).noneMatch(DefinitionCatalogTest::isAboutVariables);
        assertThat(forbidden).anyMatch(DefinitionCatalogTest::isAboutVariables);
        assertThat(missing).anyMatch(DefinitionCatalogTest::isAboutVariables);
    }

    private static boolean isAboutVariables(Finding finding) {
        return finding.message().toLowerCase(Locale.ROOT).contains("variable");
    }

    @Test
    void nothingIsActiveInAnEmptyEnvironment() {
        assertThat(catalog.current().find("wiki")).isEqualTo(Optional.empty());
    }
}
