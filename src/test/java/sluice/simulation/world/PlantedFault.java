package sluice.simulation.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import sluice.platform.druid.SubmitAnswer;
import sluice.platform.event.CloudEvent;
import sluice.platform.objects.ObjectPage;
import sluice.platform.objects.StoredObject;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateTable;
import sluice.platform.state.Write;
import sluice.simulation.Beans;
import sluice.simulation.Intercepted.Original;

/** Faults that the simulated world has to find. Each is one that a version of Sluice could have, or has had. */
enum PlantedFault {
    LEASE_NOT_TAKEN("a lease is written although another run holds it", () -> unconditional(isOf("lease#"))),
    LEASE_NOT_RETURNED(
            "the end of a run leaves its lease",
            () -> writes(write -> isOf("lease#").test(write.key()) && write instanceof Write.Delete
                    ? Optional.empty()
                    : Optional.of(write))),
    RUN_NOT_COMPARED(
            "a run is written over a newer version of it",
            () -> unconditional(key -> key.sk().equals("run"))),
    CHUNK_NOT_COMPARED(
            "a time chunk is consumed although an object has arrived since", () -> unconditional(isOf("chunk#"))),
    LEDGER_NOT_COMPARED("a ledger entry is written over a later one", () -> unconditional(isOf("object#"))),
    LEDGER_NOT_WRITTEN(
            "the end of a run is not written to the ledger",
            () -> (function, call, arguments, original) -> isOfLedger(call, arguments) && function.startsWith("poll")
                    ? nothingWritten(call)
                    : original.call(arguments)),
    TRANSACTION_IN_PARTS(
            "the writes of a transaction are made one by one", () -> (function, call, arguments, original) -> {
                if (!call.equals("StateTable.transact")) {
                    return original.call(arguments);
                }
                for (Object write : (List<?>) arguments[0]) {
                    original.call(List.of(write));
                }
                return null;
            }),
    MARK_AFTER_THE_POST("the snapshot of segments is stored after the POST", MarkAfterThePost::new),
    SNAPSHOT_OVERWRITTEN(
            "each submitter takes the snapshot anew",
            () -> (function, call, arguments, original) -> function.startsWith("submit")
                            && call.equals("StateTable.get")
                            && isOf("rollback#").test((Key) arguments[0])
                    ? Optional.empty()
                    : unconditional(isOf("rollback#")).answer(function, call, arguments, original)),
    POSTED_RUN_SUPERSEDED("a run whose task is posted is superseded", () -> withoutMark("generate")),
    POSTED_RUN_CANCELLED("a run whose task is posted is cancelled at once", () -> withoutMark("gate")),
    EVENT_CLEARED_TOO_EARLY(
            "events leave the outbox before the bus confirms them", () -> (function, call, arguments, original) -> {
                Object answer = original.call(arguments);
                return call.equals("EventBus.publish")
                        ? ((List<?>) arguments[0])
                                .stream()
                                        .map(event -> ((CloudEvent) event).id())
                                        .toList()
                        : answer;
            }),
    WRONG_LANE(
            "runs are due in a partition that nobody reads",
            () -> writes(write -> write instanceof Write.Put put
                            && put.key().sk().equals("run")
                            && put.item().time(StateTable.DUE_AT).isPresent()
                    ? Optional.of(Write.put(put.item().with(StateTable.DUE_SHARD, 99L), put.condition()))
                    : Optional.of(write))),
    TASK_ID_NOT_DETERMINISTIC("every POST has a task id of its own", OwnTaskIds::new),
    TASK_NOT_SHUT_DOWN("a request to shut down is not sent", () -> without("DruidTasks.shutdown")),
    NOT_MARKED_UNUSED(
            "what a failed task published stays",
            () -> (function, call, arguments, original) ->
                    call.equals("SegmentUsage.markUnused") ? Integer.valueOf(0) : original.call(arguments)),
    NOT_MARKED_USED("what a failed task replaced is not marked used again", () -> without("SegmentUsage.markUsed")),
    UNUSED_BEFORE_USED("own segments are marked unused before the earlier ones are marked used", UnusedBeforeUsed::new),
    FAILURE_PUBLISHES_NOTHING("a task that failed is taken for one that published nothing", StaleSegments::new),
    ETAG_NOT_COMPARED("an object that was overwritten while it was read counts as loaded", PlannedVersions::new),
    LISTING_CUT("a listing leaves out its last object", () -> (function, call, arguments, original) -> {
        if (!call.equals("ObjectStore.each") || !arguments[0].equals(World.LANDING)) {
            return original.call(arguments);
        }
        List<StoredObject> all = new ArrayList<>();
        Consumer<StoredObject> collected = all::add;
        original.call(arguments[0], arguments[1], collected);
        @SuppressWarnings("unchecked") // the third parameter of ObjectStore.each
        Consumer<StoredObject> consumer = (Consumer<StoredObject>) arguments[2];
        all.subList(0, all.size() < 2 ? all.size() : all.size() - 1).forEach(consumer);
        return null;
    }),
    STALE_READ("reads by key are eventually consistent", StaleReads::new);

    private final String text;
    private final Supplier<Planted> planted;

    PlantedFault(String text, Supplier<Planted> planted) {
        this.text = text;
        this.planted = planted;
    }

    String text() {
        return text;
    }

    Planted plant() {
        return planted.get();
    }

    private static Predicate<Key> isOf(String prefix) {
        return key -> key.pk().startsWith(prefix);
    }

    /** Drops the conditions of writes to such items. */
    private static Planted unconditional(Predicate<Key> items) {
        return writes(write -> Optional.of(items.test(write.key()) ? unconditional(write) : write));
    }

    private static Write unconditional(Write write) {
        if (write instanceof Write.Put put) {
            return Write.put(put.item());
        } else if (write instanceof Write.Update update) {
            return Write.update(update.key(), update.changes(), Condition.ALWAYS);
        }
        return Write.delete(write.key(), Condition.ALWAYS);
    }

    /** Changes each write, or drops it. */
    private static Planted writes(Function<Write, Optional<Write>> change) {
        return (function, call, arguments, original) -> {
            switch (call) {
                case "StateTable.putIf" -> {
                    Write.Put put = (Write.Put) change.apply(Write.put((Item) arguments[0], (Condition) arguments[1]))
                            .orElseThrow();
                    return original.call(put.item(), put.condition());
                }
                case "StateTable.updateIf" -> {
                    Write.Update update = (Write.Update) change.apply(Write.update(
                                    (Key) arguments[0], (sluice.platform.state.Changes) arguments[1], (Condition)
                                            arguments[2]))
                            .orElseThrow();
                    return original.call(update.key(), update.changes(), update.condition());
                }
                case "StateTable.transact" -> {
                    List<Write> changed = ((List<?>) arguments[0])
                            .stream()
                                    .flatMap(write -> change.apply((Write) write).stream())
                                    .toList();
                    return changed.isEmpty() ? null : original.call(changed);
                }
                default -> {
                    return original.call(arguments);
                }
            }
        };
    }

    private static Planted without(String dropped) {
        return (function, call, arguments, original) -> call.equals(dropped) ? null : original.call(arguments);
    }

    /** A function that does not see which runs have been posted. */
    private static Planted withoutMark(String blind) {
        return (function, call, arguments, original) -> function.startsWith(blind)
                        && call.equals("StateTable.get")
                        && isOf("rollback#").test((Key) arguments[0])
                ? Optional.empty()
                : original.call(arguments);
    }

    private static boolean isOfLedger(String call, Object[] arguments) {
        return switch (call) {
            case "StateTable.putIf" -> isOf("object#").test(Key.of((Item) arguments[0]));
            case "StateTable.updateIf" -> isOf("object#").test((Key) arguments[0]);
            case "StateTable.transact" ->
                ((List<?>) arguments[0])
                        .stream().allMatch(write -> isOf("object#").test(((Write) write).key()));
            default -> false;
        };
    }

    private static Object nothingWritten(String call) {
        return switch (call) {
            case "StateTable.putIf" -> Boolean.TRUE;
            case "StateTable.updateIf" -> Optional.empty();
            default -> null;
        };
    }

    /** Stores the snapshot, and with it the run, once the task has been posted. */
    private static final class MarkAfterThePost implements Planted {

        private final List<Callback> waiting = new ArrayList<>();

        private interface Callback {
            void call() throws Throwable;
        }

        @Override
        public Object answer(String function, String call, Object[] arguments, Original original) throws Throwable {
            boolean isMark = call.equals("StateTable.transact")
                    && ((List<?>) arguments[0])
                            .stream().anyMatch(write -> isOf("rollback#").test(((Write) write).key()));
            if (isMark && function.startsWith("submit")) {
                waiting.clear();
                waiting.add(() -> original.call(arguments));
                return null;
            }
            Object answer = original.call(arguments);
            if (call.equals("DruidTasks.submit")) {
                List<Callback> now = List.copyOf(waiting);
                waiting.clear();
                for (Callback callback : now) {
                    callback.call();
                }
            }
            return answer;
        }
    }

    /** Every POST makes a task of its own. */
    private static final class OwnTaskIds implements Planted {

        private int posts;

        @Override
        public Object answer(String function, String call, Object[] arguments, Original original) throws Throwable {
            if (!call.equals("DruidTasks.submit")) {
                return original.call(arguments);
            }
            String own = arguments[0] + "x" + ++posts;
            String task = ((String) arguments[1]).replace("\"" + arguments[0] + "\"", "\"" + own + "\"");
            return (SubmitAnswer) original.call(own, task);
        }
    }

    /** Marks used only after the next segments have been marked unused. */
    private static final class UnusedBeforeUsed implements Planted {

        private final List<Object[]> waiting = new ArrayList<>();
        private Original markUsed;

        @Override
        public Object answer(String function, String call, Object[] arguments, Original original) throws Throwable {
            if (call.equals("SegmentUsage.markUsed")) {
                waiting.add(arguments);
                markUsed = original;
                return null;
            }
            if (!call.equals("SegmentUsage.markUnused")) {
                return original.call(arguments);
            }
            List<Object[]> later = List.copyOf(waiting);
            waiting.clear();
            Object answer = original.call(arguments);
            for (Object[] each : later) {
                markUsed.call(each);
            }
            return answer;
        }
    }

    /** {@code poll} sees the segments that were there before the POST. */
    private static final class StaleSegments implements Planted {

        private final Map<List<Object>, Object> before = new HashMap<>();

        @Override
        public Object answer(String function, String call, Object[] arguments, Original original) throws Throwable {
            if (!call.equals("SegmentUsage.used")) {
                return original.call(arguments);
            }
            List<Object> asked = List.of(arguments);
            if (function.startsWith("poll") && before.containsKey(asked)) {
                return before.get(asked);
            }
            Object answer = original.call(arguments);
            before.put(asked, answer);
            return answer;
        }
    }

    /** Whoever compares the versions of objects with those of a plan is told the versions of the plan. */
    private static final class PlannedVersions implements Planted {

        /** By function, since one function may be in the middle of a call of another. */
        private final Map<String, Map<String, String>> planned = new HashMap<>();

        @Override
        public Object answer(String function, String call, Object[] arguments, Original original) throws Throwable {
            Object answer = original.call(arguments);
            if (call.equals("StateTable.get") && ((Key) arguments[0]).sk().startsWith("plan#")) {
                Map<String, String> versions = new HashMap<>();
                for (JsonNode object : Beans.MAPPER
                        .readTree(((Optional<?>) answer)
                                .flatMap(item -> ((Item) item).compressed("body"))
                                .orElseThrow())
                        .path("objects")) {
                    versions.put(
                            object.path("key").asText(), object.path("etag").asText());
                }
                planned.put(function, versions);
            }
            return call.equals("ObjectStore.listAfter")
                    ? asPlanned((ObjectPage) answer, planned.getOrDefault(function, Map.of()))
                    : answer;
        }

        private static ObjectPage asPlanned(ObjectPage page, Map<String, String> versions) {
            return new ObjectPage(
                    page.objects().stream()
                            .map(object -> new StoredObject(
                                    object.key(),
                                    versions.getOrDefault(object.key(), object.etag()),
                                    object.versionId(),
                                    object.size(),
                                    object.lastModified(),
                                    object.storageClass(),
                                    object.isRestored()))
                            .toList(),
                    page.next());
        }
    }

    /** A read returns the item as it was before its last write. */
    private static final class StaleReads implements Planted {

        private final Map<Key, Optional<?>> earlier = new HashMap<>();
        private int reads;

        @Override
        public Object answer(String function, String call, Object[] arguments, Original original) throws Throwable {
            if (!call.equals("StateTable.get")) {
                return original.call(arguments);
            }
            Key key = (Key) arguments[0];
            Optional<?> now = (Optional<?>) original.call(arguments);
            Optional<?> stale = earlier.put(key, now);
            return stale != null && ++reads % 5 == 0 ? stale : now;
        }
    }
}
