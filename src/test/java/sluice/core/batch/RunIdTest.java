package sluice.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import sluice.core.definition.SegmentGranularity;

class RunIdTest {

    private static final TimeChunk DAY =
            TimeChunk.holding(Instant.parse("2026-01-01T00:00:00Z"), SegmentGranularity.DAY);

    private record Intent(String cluster, String datasource, List<String> keys, String idempotencyKey) {

        String runId() {
            return RunId.of(cluster, RunKind.BATCH, datasource, List.of(DAY), objects(), idempotencyKey);
        }

        private List<InputObject> objects() {
            return keys.stream()
                    .map(key -> new InputObject("landing", key, "1", 1, Instant.EPOCH))
                    .toList();
        }
    }

    @Example
    void isTheSameForEverForTheSameIntent() {
        // Computed apart, by another program: SHA-256 over length-prefixed parts, base32.
        String id = new Intent("main", "wikipedia", List.of("a", "b"), null).runId();

        assertThat(id).isEqualTo("bv6nwpkwc6uoijnkygu42hvm7i").matches("[a-z2-7]{26}");
    }

    @Property
    void orderDoesNotMatter(@ForAll("intents") List<Intent> intents) {
        for (Intent intent : intents) {
            List<String> shuffled = new ArrayList<>(intent.keys());
            Collections.reverse(shuffled);

            Intent reversed = new Intent(intent.cluster(), intent.datasource(), shuffled, intent.idempotencyKey());

            assertThat(reversed.runId()).isEqualTo(intent.runId());
        }
    }

    @Property(tries = 200)
    void differentIntentsHaveDifferentIds(@ForAll("intents") List<Intent> intents) {
        Map<String, Intent> byId = new HashMap<>();
        for (Intent intent : intents) {
            Intent sorted = new Intent(
                    intent.cluster(),
                    intent.datasource(),
                    intent.keys().stream().sorted().toList(),
                    intent.idempotencyKey());

            Intent earlier = byId.put(sorted.runId(), sorted);

            assertThat(earlier == null ? sorted : earlier).isEqualTo(sorted);
        }
    }

    @Example
    void versionOfAnObjectCountsAndItsDateDoesNot() {
        InputObject first = new InputObject("landing", "a", "1", 1, Instant.EPOCH);
        InputObject touched = new InputObject("landing", "a", "1", 1, Instant.EPOCH.plusSeconds(1));
        InputObject rewritten = new InputObject("landing", "a", "2", 1, Instant.EPOCH);

        assertThat(id(first)).isEqualTo(id(touched)).isNotEqualTo(id(rewritten));
    }

    @Property
    void taskIdsAreWhatDruidTakes(@ForAll String datasource, @ForAll("intents") List<Intent> intents) {
        String taskId = TaskId.of(datasource, "abcdefghijklmnopqrstuvwxyz", 12);

        assertThat(taskId)
                .matches("sluice_[A-Za-z0-9_.-]*_abcdefghijklmnopqrstuvwxyz_12")
                .hasSizeLessThan(200);
    }

    @Example
    void attemptsCountFromOne() {
        assertThat(TaskId.of("page views/é", "r", 1)).isEqualTo("sluice_page-views--_r_1");
        assertThatThrownBy(() -> TaskId.of("a", "r", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<List<Intent>> intents() {
        Arbitrary<String> names =
                Arbitraries.strings().withChars("ab\u0000,/\"\u00E9").ofMaxLength(4);
        return Combinators.combine(names, names, names.list().uniqueElements().ofMaxSize(3), names.injectNull(0.5))
                .as(Intent::new)
                .list()
                .ofMaxSize(50);
    }

    private static String id(InputObject object) {
        return RunId.of("main", RunKind.BATCH, "wikipedia", List.of(DAY), List.of(object), null);
    }
}
