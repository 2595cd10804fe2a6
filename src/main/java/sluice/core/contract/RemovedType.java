package sluice.core.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type that Druid no longer has.
 *
 * @param kind the class of its kind, as in the schemas
 * @param name the type's name
 * @param since the first Druid version without it
 * @param instead what stands for it now
 */
record RemovedType(String kind, String name, String since, String instead) {
    private static final String NATIVE = "index_parallel with inputSource and inputFormat, or an SQL REPLACE";

    private static final List<RemovedType> ALL = List.of(
            new RemovedType("Task", "index_hadoop", "37", NATIVE),
            new RemovedType("Task", "index_realtime", "31", "a kafka or kinesis supervisor"),
            new RemovedType("Task", "index_realtime_appenderator", "31", "a kafka or kinesis supervisor"),
            new RemovedType("Task", "merge", "0.15", "a compact task"),
            new RemovedType("Task", "append", "0.15", "a compact task"),
            new RemovedType("Task", "same_interval_merge", "0.15", "a compact task"));

    /** Returns the removed type; null if there never was one of that name, or Druid still has it. */
    static @Nullable RemovedType of(String kind, String name) {
        return ALL.stream()
                .filter(removed -> removed.kind.equals(kind) && removed.name.equals(name))
                .findFirst()
                .orElse(null);
    }
}
