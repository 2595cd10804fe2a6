package sluice.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.core.definition.Definitions;

class DefinitionSnapshotTest {

    private static final Definition EVENTS = Definitions.of(Definitions.MINIMAL);

    private final InvalidDefinition clicks = invalid("clicks.yaml", "clicks/");
    private final DefinitionSnapshot snapshot =
            DefinitionSnapshot.of(List.of(EVENTS), List.of(clicks, invalid("more.yaml", "clicks/more/")));

    @Test
    void aValidDefinitionIsFoundByItsDatasource() {
        assertThat(snapshot.find("events")).contains(EVENTS);
        assertThat(snapshot.find("clicks")).isEmpty();
    }

    @Test
    void aValidDefinitionIsFoundByItsObjects() {
        assertThat(snapshot.index().match("landing", "events/dt=2026-01-01/a.json"))
                .extracting(DefinitionIndex.Match::definition)
                .containsExactly(EVENTS);
    }

    @Test
    void theFirstInvalidDefinitionThatMayOwnAnObjectIsNamed() {
        assertThat(snapshot.invalidFor("clicks/more/a.json")).contains(clicks);
        assertThat(snapshot.invalidFor("events/a.json")).isEmpty();
    }

    private static InvalidDefinition invalid(String name, String prefix) {
        Finding finding = Finding.error("SLU-0004", "", "The key 'x' is unknown here", null, null);
        return new InvalidDefinition(name, List.of(finding), prefix, false);
    }
}
