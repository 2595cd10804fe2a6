package sluice.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.NEXT_DAY;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.SegmentSnapshot;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.InputRows;

class OwnSegmentsTest {

    private static final Duration RUN_TIME = Duration.ofMinutes(1);

    private final IngestFixture fixture = new IngestFixture();
    private final OwnSegments own = fixture.bean(OwnSegments.class);
    private final RunStore runs = fixture.bean(RunStore.class);
    private final List<DruidCall> calls = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"replace", "append"})
    void aTaskOfAMinuteIsToldApartWithoutAQuestionMore(String mode) {
        // Given
        Run run = inDruid(mode);
        settle(RUN_TIME);

        // When
        SegmentSnapshot after = ofSuccess(run, 1);

        // Then
        assertThat(after.created()).containsExactlyElementsOf(fixture.druid.usedSegments("wiki"));
        assertThat(after.isOwn()).isTrue();
        assertThat(calls).containsExactly(DruidCall.USED_SEGMENTS);
    }

    @Test
    void segmentsPublishedWhileTheTaskWaitedForItsLockAreNotItsOwn() {
        // Given
        fixture.druid.taskDuration(RUN_TIME);
        fixture.druid.others().replace("wiki", DAY, InputRows.at(DAY.start(), 7));
        fixture.druid.advance();
        Run run = inDruid("replace");
        settle(RUN_TIME);
        List<String> ofOthers = fixture.druid.usedSegments("wiki");
        settle(RUN_TIME);

        // When
        SegmentSnapshot after = ofSuccess(run, 1);

        // Then
        assertThat(fixture.druid.usedSegments("wiki")).hasSize(2);
        assertThat(after.created()).hasSize(1).doesNotContainAnyElementsOf(ofOthers);
        assertThat(after.otherWriters()).containsExactly("person_replaces_wiki_1");
    }

    @Test
    void segmentsPublishedAfterTheTaskAreNotItsOwn() {
        // Given
        fixture.druid.taskDuration(RUN_TIME);
        Run run = inDruid("replace");
        settle(RUN_TIME);
        List<String> ofTheRun = fixture.druid.usedSegments("wiki");
        fixture.druid.others().replace("wiki", DAY, InputRows.at(DAY.start(), 7));
        settle(Duration.ofSeconds(1));
        settle(RUN_TIME.minusSeconds(10));
        fixture.druid.taskDuration(Duration.ZERO);
        settle(Duration.ZERO);

        // When
        SegmentSnapshot after = ofSuccess(run, 1);

        // Then
        assertThat(fixture.druid.usedSegments("wiki")).hasSize(2);
        assertThat(after.created()).containsExactlyElementsOf(ofTheRun);
        assertThat(after.isOwn()).isTrue();
    }

    @Test
    void whatACompactionMadeOfAReplaceIsInDoubt() {
        // Given
        Run run = inDruid("replace");
        settle(RUN_TIME.plusSeconds(1));
        fixture.druid.others().compact("wiki", DAY, false);
        settle(Duration.ofSeconds(1));
        fixture.druid.dropOvershadowed();

        // When
        SegmentSnapshot after = ofSuccess(run, 1);

        // Then
        assertThat(after.created()).containsExactlyElementsOf(fixture.druid.usedSegments("wiki"));
        assertThat(after.otherWriters()).containsExactly("coordinator-issued_compact_wiki_1");
    }

    @Test
    void moreSegmentsThanTheTaskReportsAreInDoubtBesideAnotherWriter() {
        // Given
        Run run = inDruid("append");
        fixture.druid.others().append("wiki", DAY, InputRows.at(DAY.start(), 7));
        settle(RUN_TIME);

        // When
        SegmentSnapshot after = ofSuccess(run, 1);

        // Then
        assertThat(after.created()).hasSize(2);
        assertThat(after.otherWriters()).containsExactly("person_appends_wiki_1");
    }

    @Test
    void asManySegmentsAsAnAppendReportsAreItsOwnAlthoughOthersAreThere() {
        // Given
        Run run = inDruid("append");
        settle(RUN_TIME);
        fixture.druid.others().append("wiki", DAY, InputRows.at(DAY.start(), 7));

        // When
        SegmentSnapshot after = ofSuccess(run, 1);

        // Then
        assertThat(after.isOwn()).isTrue();
    }

    @Test
    void segmentsOfACompactionAreNotAnAppends() {
        // Given
        Run run = inDruid("append");
        settle(RUN_TIME);
        List<String> ofTheRun = fixture.druid.usedSegments("wiki");
        fixture.druid.others().compact("wiki", DAY, false);
        settle(RUN_TIME);
        fixture.druid.segmentUsage().markUnused("wiki", ofTheRun);
        calls.clear();

        // When
        SegmentSnapshot after = ofSuccess(run, 1);

        // Then
        assertThat(after.created()).hasSize(1);
        assertThat(after.otherWriters()).containsExactly("coordinator-issued_compact_wiki_1");
    }

    @Test
    void tasksOfOtherDaysRaiseNoDoubt() {
        // Given
        Run run = inDruid("append");
        fixture.druid.others().compact("wiki", NEXT_DAY, false);
        fixture.inDruid(IngestFixture.definition("append"), NEXT_DAY, "b.json", 5);
        settle(RUN_TIME);

        // When
        SegmentSnapshot after = own.ofFailure(run, snapshot(run), fixture.druid);

        // Then
        assertThat(after.created()).hasSize(1);
        assertThat(after.isOwn()).isTrue();
    }

    @Test
    void aStreamMayWriteToAnyDay() {
        // Given
        Run run = inDruid("append");
        fixture.druid.others().stream("wiki", InputRows.at(NEXT_DAY.start(), 7));
        settle(RUN_TIME);

        // When
        SegmentSnapshot after = own.ofFailure(run, snapshot(run), fixture.druid);

        // Then
        assertThat(after.otherWriters()).containsExactly("index_kafka_wiki_1");
    }

    @Test
    void afterADayDruidListsNoTasksThatCouldBeAskedFor() {
        // Given
        Run run = inDruid("append");
        settle(Duration.ofHours(21));

        // When
        SegmentSnapshot after = own.ofFailure(run, snapshot(run), fixture.druid);

        // Then
        assertThat(after.otherWriters()).containsExactly("tasks that ended more than 20 hours ago");
    }

    @Test
    void aSnapshotOfAnEarlierVersionAsksDruid() {
        // Given
        Run run = inDruid("replace");
        settle(RUN_TIME);
        SegmentSnapshot old = new SegmentSnapshot(Set.of(), Set.of(), List.of(), Map.of(), null, List.of(), null);
        calls.clear();

        // When
        SegmentSnapshot after = own.ofSuccess(run, runs.plan(run), old, RUN_TIME, OptionalLong.of(1), fixture.druid);

        // Then
        assertThat(after.isOwn()).isTrue();
        assertThat(calls).containsExactly(DruidCall.USED_SEGMENTS, DruidCall.TASK_TABLE);
    }

    private Run inDruid(String mode) {
        Run run = fixture.inDruid(IngestFixture.definition(mode), "a.json", 3);
        fixture.druid.faults((call, subject) -> {
            calls.add(call);
            return Optional.empty();
        });
        return run;
    }

    private void settle(Duration passing) {
        fixture.druid.settle();
        fixture.clock.advance(passing);
        fixture.druid.settle();
    }

    private SegmentSnapshot ofSuccess(Run run, long published) {
        return own.ofSuccess(run, runs.plan(run), snapshot(run), RUN_TIME, OptionalLong.of(published), fixture.druid);
    }

    private SegmentSnapshot snapshot(Run run) {
        return runs.segmentMark(run).orElseThrow();
    }
}
