package sluice.govern.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.core.batch.Batch;
import sluice.core.batch.InputObject;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.core.spec.Generation;
import sluice.core.spec.SpecDefaults;
import sluice.core.spec.SpecGenerator;
import sluice.core.spec.SpecHints;
import sluice.govern.GovernWorld;
import sluice.govern.registry.Version;
import sluice.ingest.intake.ColumnCheck.Look;
import sluice.platform.druid.DruidException;
import sluice.platform.state.Key;
import sluice.simulation.TableCall;
import sluice.simulation.TableFailures;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.world.World;

class DriftWatchTest {

    private static final String KNOWN = "{\"__time\": 0, \"time\": \"2026-02-01\", \"channel\": \"en\"}";
    private static final String MORE = "{\"time\": \"2026-02-01\", \"channel\": \"en\", \"language\": \"de\","
            + " \"size\": 7, \"share\": 0.5, \"tags\": [\"a\"], \"user\": {\"name\": \"ada\"}}";

    private final GovernWorld world = new GovernWorld(Map.of("sluice.drift.max-new-columns", "5"));
    private final ColumnMemory memory = world.bean(ColumnMemory.class);

    @Test
    void theFirstFilesAreRememberedAndNoNews() {
        // When
        Look look = look(world.read(text("fail")), MORE);

        // Then
        assertThat(look.findings()).isEmpty();
        assertThat(memory.recall("wiki").kinds())
                .isEqualTo(Map.of(
                        "time", ColumnKind.STRING,
                        "channel", ColumnKind.STRING,
                        "language", ColumnKind.STRING,
                        "size", ColumnKind.LONG,
                        "share", ColumnKind.DOUBLE,
                        "tags", ColumnKind.ARRAY,
                        "user", ColumnKind.JSON));
    }

    @Test
    void aNewColumnIsReportedOnceIfTheDefinitionSaysWarn() {
        // Given
        Definition definition = world.read(text("warn"));
        look(definition, KNOWN);

        // When
        Look first = look(definition, MORE);
        Look second = look(definition, MORE);

        // Then
        assertThat(first.findings()).extracting(Finding::code).hasSize(5).containsOnly("SLU-0910");
        assertThat(Finding.anyError(first.findings())).isFalse();
        assertThat(second.findings()).isEmpty();
    }

    @Test
    void aNewColumnIsAnErrorAndNotRememberedIfTheDefinitionSaysFail() {
        // Given
        Definition definition = world.read(text("fail"));
        look(definition, KNOWN);

        // When
        Look first = look(definition, MORE);
        Look second = look(definition, MORE);

        // Then
        assertThat(Finding.anyError(first.findings())).isTrue();
        assertThat(second.findings()).isEqualTo(first.findings());
        assertThat(memory.recall("wiki").has("language")).isFalse();
    }

    @Test
    void newColumnsBecomeDimensionsOfANewVersionIfTheDefinitionSaysEvolve() {
        // Given
        Definition definition = applied(text("evolve"));
        look(definition, KNOWN);

        // When
        Look look = look(definition, MORE);

        // Then
        assertThat(look.evolved()).isPresent();
        assertThat(look.evolved().orElseThrow().document().at("/schema/dimensionsSpec/dimensions"))
                .hasToString("[\"channel\",\"language\",{\"type\":\"double\",\"name\":\"share\"},"
                        + "{\"type\":\"long\",\"name\":\"size\"},{\"type\":\"auto\",\"name\":\"tags\"},"
                        + "{\"type\":\"json\",\"name\":\"user\"}]");
        assertThat(look.findings()).extracting(Finding::code).containsExactly("SLU-0914");
        assertThat(world.active("wiki").hash())
                .isEqualTo(look.evolved().orElseThrow().hash());
        assertThat(world.registry().version("wiki", 2)).map(Version::author).contains(Evolver.AUTHOR);
        assertThat(memory.recall("wiki").has("language")).isTrue();
    }

    @Test
    void aDefinitionThatSomebodyElseHasEvolvedIsUsed() {
        // Given
        Definition definition = applied(text("evolve"));
        look(definition, KNOWN);
        look(definition, MORE);

        // When
        Look look = look(definition, MORE);

        // Then
        assertThat(look.findings()).isEmpty();
        assertThat(look.evolved())
                .map(Definition::hash)
                .contains(world.active("wiki").hash());
        assertThat(world.registry().versions("wiki", 10)).hasSize(2);
    }

    @Test
    void aDefinitionInAFileDoesNotEvolve() {
        // Given
        world.world().define("wiki", text("evolve"));
        Definition definition = world.read(text("evolve"));
        look(definition, KNOWN);

        // When
        Look look = look(definition, MORE);

        // Then
        assertThat(look.evolved()).isEmpty();
        assertThat(look.findings()).extracting(Finding::code).containsOnly("SLU-0910");
        assertThat(world.registry().active("wiki")).isEmpty();
    }

    @Test
    void anEvolutionThatLosesARaceChangesNothing() {
        // Given
        Definition definition = applied(text("evolve"));
        look(definition, KNOWN);
        TableFailures failures = new TableFailures().conflict(call -> call.kind() == TableCall.Kind.TRANSACT);
        world.world().table().observer(failures);

        // When
        Look look = look(definition, MORE);

        // Then
        assertThat(failures.isDone()).isTrue();
        assertThat(look.evolved()).isEmpty();
        assertThat(world.active("wiki").version()).isEqualTo(1);
    }

    @Test
    void anEvolutionThatLostARaceIsMadeByTheNextFiles() {
        // Given
        Definition definition = applied(text("evolve"));
        look(definition, KNOWN);
        world.world().table().observer(new TableFailures().conflict(call -> call.kind() == TableCall.Kind.TRANSACT));
        look(definition, MORE);

        // When
        Look look = look(definition, MORE);

        // Then
        assertThat(look.evolved()).isPresent();
        assertThat(world.active("wiki").version()).isEqualTo(2);
    }

    @Test
    void identifiersStayTexts() {
        // Given
        Definition definition = applied(text("evolve"));
        look(definition, KNOWN);

        // When
        Look look = look(
                definition,
                "{\"time\": \"2026-02-01\", \"channel\": \"en\", \"zip\": \"01234\","
                        + " \"order\": \"12345678901234567890\", \"later\": null}");

        // Then
        assertThat(look.evolved().orElseThrow().document().at("/schema/dimensionsSpec/dimensions"))
                .hasToString("[\"channel\",\"order\",\"zip\"]");
        assertThat(world.world().table().get(Key.columns("wiki")).orElseThrow().compressed("body"))
                .get()
                .asString()
                .contains("\"zip\":\"STRING\"", "\"order\":\"STRING\"");
    }

    @Test
    void aDefinitionDoesNotGrowWithoutEnd() {
        // Given
        GovernWorld small = new GovernWorld(Map.of("sluice.drift.max-columns", "5"));
        small.apply(text("evolve"));
        Definition definition = small.read(text("evolve"));
        small.samples(KNOWN);
        small.bean(DriftWatch.class).look(definition, batch(), spec(definition), small.druid());
        small.samples(MORE);

        // When
        Look look = small.bean(DriftWatch.class).look(definition, batch(), spec(definition), small.druid());

        // Then
        assertThat(look.evolved()).isEmpty();
        assertThat(look.findings()).anyMatch(finding -> finding.message().contains("would have 6 dimensions"));
        assertThat(Finding.anyError(look.findings())).isTrue();
    }

    @Test
    void tooManyNewColumnsRefuseTheRun() {
        // Given
        Definition definition = applied(text("evolve"));
        look(definition, KNOWN);

        // When
        Look look = look(definition, MORE.replace("}}", "}, \"sixth\": 6}"));

        // Then
        assertThat(look.evolved()).isEmpty();
        assertThat(look.findings()).anyMatch(finding -> finding.message().contains("6 new columns"));
        assertThat(Finding.anyError(look.findings())).isTrue();
    }

    @Test
    void anUnavailableSamplerIsWaitedForUnlessTheDefinitionSaysWarn() {
        // Given
        Definition warns = world.read(text("warn"));
        Definition fails = world.read(text("fail"));
        world.unavailable(DruidCall.SAMPLE);

        // When
        Look look = look(warns, KNOWN);

        // Then
        assertThat(look.findings()).extracting(Finding::code).containsExactly("SLU-0913");
        assertThatThrownBy(() -> look(fails, KNOWN)).isInstanceOf(DruidException.class);
    }

    @Test
    void aRefusingSamplerIsNotWaitedFor() {
        // Given
        world.druid().faults((call, subject) -> Optional.of(new CallFault.Refused(DruidException.Code.REFUSED)));

        // When
        Look look = look(world.read(text("fail")), KNOWN);

        // Then
        assertThat(look.findings()).extracting(Finding::code).containsExactly("SLU-0913");
    }

    @Test
    void aComparisonRemembersNothing() {
        // Given
        Definition definition = world.read(text("fail"));
        look(definition, KNOWN);
        world.samples(MORE);

        // When
        List<Finding> findings =
                world.bean(DriftWatch.class).compare(definition, batch(), spec(definition), world.druid());

        // Then
        assertThat(findings).extracting(Finding::code).hasSize(5).containsOnly("SLU-0910");
        assertThat(memory.recall("wiki").has("language")).isFalse();
    }

    @Test
    void missingAndRetypedColumnsAreReported() {
        // Given
        Definition definition = world.read(text("fail").replace("[channel]", "[channel, {type: long, name: size}]"));
        look(definition, "{\"time\": \"2026-02-01\", \"channel\": \"en\", \"size\": 1}");

        // When
        Look look = look(definition, "{\"time\": \"2026-02-01\", \"size\": \"large\"}");

        // Then
        assertThat(look.findings()).extracting(Finding::code).containsExactly("SLU-0911", "SLU-0912");
    }

    private Look look(Definition definition, String row) {
        world.samples(row);
        return world.bean(DriftWatch.class).look(definition, batch(), spec(definition), world.druid());
    }

    private Definition applied(String text) {
        world.apply(text);
        return world.read(text);
    }

    private static String text(String drift) {
        return GovernWorld.text("wiki", "drift: " + drift);
    }

    private static Batch batch() {
        List<InputObject> objects = IntStream.range(0, 4)
                .mapToObj(number -> new InputObject(
                        World.LANDING,
                        "wiki/dt=2026-02-01/" + number + ".json",
                        "etag" + number,
                        100,
                        Instant.parse("2026-02-01T04:00:00Z").plusSeconds(number)))
                .toList();
        return new Batch("wiki", List.of(World.day("2026-02-01")), objects);
    }

    private static ObjectNode spec(Definition definition) {
        Generation generation = SpecGenerator.generate(definition, batch(), SpecHints.NONE, SpecDefaults.STANDARD);
        return ((Generation.Generated) generation).spec().spec();
    }
}
