package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.core.batch.Batch;
import sluice.core.contract.Finding;
import sluice.core.definition.BatchDefinition.OnViolation;
import sluice.core.definition.Definition;
import sluice.core.definition.Definitions;
import sluice.core.json.CanonicalJson;
import sluice.ingest.DefinitionText;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.DraftedRun;
import sluice.ingest.run.Problem;
import sluice.ingest.run.RunState;

class RunDraftTest {

    private static final Finding DRIFTED = Finding.error("SLU-7001", "/schema", "column added is gone", null, null);

    private final IngestFixture fixture = new IngestFixture();
    private final RunDraft drafts = fixture.bean(RunDraft.class);

    @Test
    void aDraftHasTheGeneratedSpec() {
        // Given
        Definition definition = fixture.define(
                IngestFixture.definition("replace").batch("onViolation", "warn").batch("timeout", "PT2H"));
        Batch batch = batch("a.json");

        // When
        DraftedRun drafted = draft(definition, batch);

        // Then
        assertThat(drafted.run().state()).isInstanceOf(RunState.Planned.class);
        assertThat(drafted.run().feed()).isEqualTo(FEED);
        assertThat(drafted.run().definitionHash()).isEqualTo(definition.hash());
        assertThat(drafted.run().timeLimit()).hasHours(2);
        assertThat(drafted.run().specHash())
                .isEqualTo(CanonicalJson.hash(drafted.plan().spec()));
        assertThat(drafted.plan().objects()).isEqualTo(batch.objects());
        assertThat(drafted.plan().onViolation()).isEqualTo(OnViolation.WARN);
        assertThat(drafted.plan().expect()).isEqualTo(definition.requireBatch().expect());
        assertThat(fixture.runs()).isEmpty();
    }

    @Test
    void aSpecThatBreaksTheContractIsRefusedWithoutALookAtItsColumns() {
        // Given
        Definition definition =
                fixture.define(IngestFixture.definition("replace").batch("tuningConfig", "{maxRowsInMemory: many}"));

        // When
        DraftedRun drafted = draft(definition, batch("a.json"));

        // Then
        assertThat(drafted.run().state()).isInstanceOfSatisfying(RunState.Refused.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo(Problem.Code.CONTRACT);
            assertThat(refused.problem().message()).contains("maxRowsInMemory");
        });
        assertThat(drafted.plan().spec()).isNotNull();
        assertThat(Finding.anyError(drafted.plan().findings())).isTrue();
        assertThat(fixture.columns.looks()).isZero();
    }

    @Test
    void aDefinitionFromWhichNoSpecCanBeMadeIsRefused() {
        // Given
        Definition definition =
                fixture.define(IngestFixture.definition("replace").batch("inputFormat", "auto"));

        // When
        DraftedRun drafted = draft(definition, batch("a.unknown"));

        // Then
        assertThat(drafted.run().state()).isInstanceOf(RunState.Refused.class);
        assertThat(drafted.run().specHash()).isEmpty();
        assertThat(drafted.plan().spec()).isNull();
        assertThat(fixture.columns.looks()).isZero();
    }

    @Test
    void columnsThatHaveChangedRefuseTheRun() {
        // Given
        Definition definition = fixture.define(IngestFixture.definition("replace"));
        fixture.columns.finds(DRIFTED);

        // When
        DraftedRun drafted = draft(definition, batch("a.json"));

        // Then
        assertThat(drafted.run().state()).isInstanceOfSatisfying(RunState.Refused.class, refused -> assertThat(
                        refused.problem().code())
                .isEqualTo(Problem.Code.DRIFT));
        assertThat(drafted.plan().findings()).contains(DRIFTED);
    }

    @Test
    void aWarningAboutColumnsStandsInThePlan() {
        // Given
        Definition definition = fixture.define(IngestFixture.definition("replace"));
        Finding warning = Finding.warning("SLU-7002", "/schema", "column more is new", null, null);
        fixture.columns.finds(warning);

        // When
        DraftedRun drafted = draft(definition, batch("a.json"));

        // Then
        assertThat(drafted.run().state()).isInstanceOf(RunState.Planned.class);
        assertThat(drafted.plan().findings()).contains(warning);
    }

    @Test
    void newColumnsMakeASpecOfTheEvolvedDefinition() {
        // Given
        Definition definition = fixture.define(IngestFixture.definition("replace"));
        DefinitionText text = IngestFixture.definition("replace").dimensions("channel, page, more");
        Definition evolved = Definitions.of(text.toString());
        fixture.columns.evolves(evolved);

        // When
        DraftedRun drafted = draft(definition, batch("a.json"));

        // Then
        assertThat(drafted.run().definitionHash()).isEqualTo(evolved.hash());
        assertThat(drafted.plan().spec().toString()).contains("\"more\"");
    }

    private DraftedRun draft(Definition definition, Batch batch) {
        return drafts.draft(
                "run-1", definition, batch, fixture.druid, Optional.empty(), fixture.clock.instant(), List.of());
    }

    private Batch batch(String name) {
        return new Batch("wiki", List.of(DAY), List.of(fixture.upload(name, 3)));
    }
}
