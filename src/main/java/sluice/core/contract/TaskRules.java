package sluice.core.contract;

import java.time.DateTimeException;
import java.util.Set;
import java.util.stream.Stream;
import sluice.core.json.Edit;

/** Checks compact and kill tasks, and the context of any task. */
final class TaskRules {
    private static final Set<String> LOCK_TYPES = Set.of("EXCLUSIVE", "SHARED", "REPLACE", "APPEND");
    private static final long CENTURY = 100L * 366 * 24 * 60 * 60 * 1000;

    private TaskRules() {}

    /** Druid 37 still reads the type, so that it can say that the task cannot run. */
    static void hadoop(SpecView spec, FindingCollector findings) {
        if (spec.kind().equals("task") && spec.type().equals("index_hadoop") && Integer.parseInt(spec.druid()) >= 37) {
            findings.add(
                    ContractCode.REMOVED,
                    spec.document().get("type"),
                    "Druid 37 removed Hadoop-based ingestion: the task fails",
                    "index_parallel with inputSource and inputFormat, or an SQL REPLACE",
                    "write instead: an index_parallel task with an inputSource and an inputFormat");
        }
    }

    static void compactInput(SpecView spec, FindingCollector findings) {
        if (spec.kind().equals("task") && spec.type().equals("compact")) {
            long ways = Stream.of("ioConfig", "interval", "segments")
                    .filter(spec.document()::has)
                    .count();
            if (ways != 1) {
                findings.add(
                        ContractCode.COMPACT_INPUT,
                        spec.document(),
                        ways == 0 ? "nothing says what to compact" : ways + " fields say what to compact",
                        "ioConfig with an inputSpec",
                        null);
            }
        }
    }

    static void compactGranularity(SpecView spec, FindingCollector findings) {
        SpecNode beside = spec.document().get("segmentGranularity");
        SpecNode granularity = spec.document().get("granularitySpec");
        if (!spec.kind().equals("task")
                || !spec.type().equals("compact")
                || !beside.present()
                || !granularity.present()) {
            return;
        }
        SpecNode inside = granularity.get("segmentGranularity");
        Granularity wanted = Granularity.of(beside);
        if (wanted == null || wanted.equals(Granularity.of(inside))) {
            return;
        }
        findings.add(
                ContractCode.COMPACT_GRANULARITY,
                beside,
                inside.present() ? "it differs from " + inside.pointer() : "the granularitySpec has none",
                "one segmentGranularity, in the granularitySpec",
                inside.present() ? null : "move it to " + inside.pointer());
        if (!inside.present()) {
            findings.repair(
                    ContractCode.COMPACT_GRANULARITY,
                    beside.pointer(),
                    new Edit.Move(beside.pointer(), inside.pointer()));
        }
    }

    static void endlessKill(SpecView spec, FindingCollector findings) {
        SpecNode interval = spec.document().get("interval");
        if (!spec.isKill() || !interval.node().isTextual()) {
            return;
        }
        try {
            IsoTime.Span span = IsoTime.interval(interval.node().textValue());
            if (span != null
                    && (span.end() - span.start() > CENTURY || span.end() - span.start() < 0 && span.end() > 0)) {
                findings.add(
                        ContractCode.KILL_FOR_EVER,
                        interval,
                        "the interval spans more than a hundred years",
                        "an interval with the intended bounds",
                        null);
            }
        } catch (DateTimeException impossible) {
            return; // TimeRules reports it
        }
    }

    static void context(SpecView spec, FindingCollector findings) {
        SpecNode context = spec.document().get(spec.kind().equals("compactionConfig") ? "taskContext" : "context");
        SpecNode lock = context.get("taskLockType");
        if (lock.present() && !LOCK_TYPES.contains(lock.node().asText())) {
            findings.add(
                    ContractCode.LOCK_TYPE,
                    lock,
                    "'" + lock.node().asText() + "' is not a lock type",
                    "EXCLUSIVE, SHARED, REPLACE or APPEND",
                    NearestWord.of(lock.node().asText(), LOCK_TYPES));
        }
        SpecNode priority = context.get("priority");
        if (priority.present() && !priority.node().isNumber()) {
            findings.add(ContractCode.PRIORITY_KIND, priority, "the priority is " + priority.node(), "a number", null);
        }
    }
}
