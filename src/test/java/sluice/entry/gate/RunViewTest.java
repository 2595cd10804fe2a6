package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.ingest.IngestFixture;
import sluice.ingest.follow.Follow;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.state.Item;
import sluice.platform.state.Key;

class RunViewTest {

    private final IngestFixture fixture = new IngestFixture();

    @Test
    void whatFollowsARunIsShownOnceItIsThere() {
        // Given
        fixture.objects.bucket("sluice"); // of definition files, which other follow-ups read
        Run run = fixture.available(fixture.planned("replace", "a.json", 3));
        fixture.bean(Ledger.class)
                .ended(run, run.state(), fixture.bean(RunStore.class).plan(run).objects(), 3L, List.of());
        JsonNode before = fixture.bean(RunView.class).whole(run);
        fixture.bean(Follow.class).ended(run.id());
        fixture.table.put(Item.at(Key.compaction("wiki", IngestFixture.DAY.start()))
                .with("compactionDatasource", "wiki")
                .with("chunkStart", IngestFixture.DAY.start())
                .with("chunkEnd", IngestFixture.DAY.end())
                .with("compactionState", "DONE")
                .with("reason", "there is one segment")
                .with("since", fixture.clock.instant()));

        // When
        JsonNode after = fixture.bean(RunView.class).whole(run);

        // Then
        assertThat(before.has("tags")).isFalse();
        assertThat(before.has("compaction")).isFalse();
        assertThat(after.at("/tags/state").asText()).isEqualTo("available");
        assertThat(after.at("/tags/tagged").asInt()).isEqualTo(1);
        assertThat(after.at("/compaction/0/interval").asText()).isEqualTo(IngestFixture.DAY.interval());
        assertThat(after.at("/compaction/0/state").asText()).isEqualTo("DONE");
    }
}
