package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.plan.DefinitionPlan;
import sluice.core.plan.DefinitionPlan.Changes;
import sluice.entry.cli.PlanFile.Planned;
import sluice.entry.cli.api.ApiConnection;
import sluice.entry.cli.api.ApiException;
import sluice.entry.cli.api.FakeApi;
import sluice.entry.cli.api.FakeApi.Said;

class PlanFileTest {

    private static final String NONE = "{\"detail\": \"none\", \"status\": 404, \"title\": \"Not found\"}";

    @Test
    void onlyWhatWouldChangeIsPlannedWithTheStateItIsBasedOn() throws ApiException {
        List<FilePlan> plans = List.of(plan("same", Changes.NONE, 4), plan("other", Changes.PRESENT, 4));

        PlanFile file = planned(Said.json(200, "{\"number\": 4}").with("etag", "\"four\""), plans);

        assertThat(file.definitions()).containsExactly(new Planned("other.yaml", "other", "text", "\"four\""));
    }

    @Test
    void aNewDatasourceHasNoStateYet() throws ApiException {
        PlanFile file = planned(Said.json(404, NONE), List.of(plan("fresh", Changes.PRESENT, null)));

        assertThat(file.definitions()).containsExactly(new Planned("fresh.yaml", "fresh", "text", null));
    }

    @ParameterizedTest
    @CsvSource({"3", ","})
    void aDatasourceThatGotAnotherVersionMeanwhileIsNotPlanned(Integer planned) {
        assertThatThrownBy(() ->
                        planned(Said.json(200, "{\"number\": 4}"), List.of(plan("other", Changes.PRESENT, planned))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("other got version 4", "plan again");
    }

    @Test
    void aDatasourceThatIsGoneMeanwhileIsNotPlanned() {
        assertThatThrownBy(() -> planned(Said.json(404, NONE), List.of(plan("gone", Changes.PRESENT, 4))))
                .isInstanceOf(ApiException.class);
    }

    @Test
    void whatWasWrittenIsRead() throws UsageException {
        PlanFile file = new PlanFile(1, List.of(new Planned("a.yaml", "a", "text", null)));

        assertThat(PlanFile.read(file.text(), "plan.json")).isEqualTo(file);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1|is not a plan",
                "{\"version\": 1, \"more\": 2}|is not a plan",
                "{\"version\": 2, \"definitions\": []}|another version",
                "{\"version\": 1}|another version",
                "{\"version\": 1, \"definitions\": [{\"datasource\": \"a\"}, {\"datasource\": \"a\"}]}|contains a twice"
            })
    void anythingElseIsRefused(String text, String reason) {
        assertThatThrownBy(() -> PlanFile.read(text, "plan.json"))
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll("plan.json", reason);
    }

    private static PlanFile planned(Said active, List<FilePlan> plans) throws ApiException {
        try (FakeApi api = new FakeApi(asked -> active)) {
            return PlanFile.of(new ApiConnection(api.url(), null, false).open(Map.of()), plans);
        }
    }

    private static FilePlan plan(String datasource, Changes changes, Integer active) {
        return new FilePlan(
                new SourceFile(datasource + ".yaml", "text"),
                new DefinitionPlan(datasource, changes, active, List.of(), List.of(), List.of()));
    }
}
