package sluice.ingest.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.core.batch.Feed;
import sluice.core.batch.RunKind;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.hold.Hold;
import sluice.ingest.hold.HoldStore;
import sluice.platform.log.Log;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Query;
import sluice.platform.state.StateTable;
import sluice.platform.state.TransactionCancelledException;
import sluice.platform.state.Transactions;
import sluice.platform.state.Write;

/**
 * Leases on time chunks. A run holds the chunks that it writes from before its task is submitted until it has ended. Leases are
 * exclusive and do not expire. The transaction that stores the end of a run returns its leases.
 *
 * <p>A run that takes its leases is written in the same transaction, with its version counted up. So a run that has ended takes no
 * lease, and whoever read the run before, to end it, reads it again and finds the leases to return.
 */
@ApplicationScoped
public class LeaseStore {

    private static final Log LOG = Log.of(LeaseStore.class);
    private static final String HOLDER = "holder";
    private static final String END = "end";
    private static final String UNTIL = "until";
    /** How long an operation has its leases without asking again. */
    private static final Duration OPERATION_TIME = Duration.ofMinutes(30);

    private static final int TRIES = 3;

    private final StateTable table;
    private final RunStore runs;
    private final HoldStore holds;
    private final Clock clock;

    LeaseStore(StateTable table, RunStore runs, HoldStore holds, Clock clock) {
        this.table = table;
        this.runs = runs;
        this.holds = holds;
        this.clock = clock;
    }

    /**
     * Takes the leases on all time chunks of the run, all or none. A run that holds them keeps them. Leases of a run that ended
     * without returning them are taken over. A replace or a kill run takes rows away, so it gets no lease on a chunk that is on
     * hold; a compaction keeps them.
     *
     * @throws StaleRunException if another function wrote the run since it was read
     */
    public LeaseAnswer take(Run run) {
        Optional<Hold> hold = takesAway(run) ? holds.on(run.datasource(), run.chunks()) : Optional.empty();
        if (hold.isPresent() && !runs.mayBePosted(run)) {
            return new LeaseAnswer.HeldBy(LeaseAnswer.OPERATION + hold.get().text());
        }
        LeaseAnswer answer = asked(run);
        if (answer instanceof LeaseAnswer.HeldBy held && isOver(run, held.runId())) {
            free(run, held.runId());
            return asked(run);
        }
        return answer;
    }

    /**
     * Takes the leases on time chunks for an operation that is no run, all or none, until some time has passed. An operation that
     * holds them keeps them for as long again.
     *
     * @param operation names the operation for people; the same operation has the same name
     * @return who holds one of them, or empty if the operation has them
     */
    public Optional<String> take(String operation, Feed feed, List<TimeChunk> chunks) {
        Instant now = clock.instant();
        String holder = LeaseAnswer.OPERATION + operation;
        for (TimeChunk chunk : chunks) {
            Optional<Item> stored = table.get(Key.lease(feed, chunk.start()));
            Optional<String> other = stored.flatMap(item -> item.text(HOLDER)).filter(text -> !text.equals(holder));
            if (other.isPresent() && !isOver(stored.get())) {
                release(operation, feed, chunks);
                return other.map(LeaseAnswer::named);
            }
            Condition isUnchanged = other.<Condition>map(text -> Condition.equal(HOLDER, text))
                    .orElseGet(() -> Condition.absent().or(Condition.equal(HOLDER, holder)));
            Item lease = Item.at(Key.lease(feed, chunk.start()))
                    .with(HOLDER, holder)
                    .with(END, chunk.end())
                    .with(UNTIL, now.plus(OPERATION_TIME));
            if (!table.putIf(lease, isUnchanged)) {
                release(operation, feed, chunks);
                return Optional.of("somebody else who asked at the same moment");
            }
        }
        return Optional.empty();
    }

    /** Returns the leases of an operation. Those that it does not hold stay with their holders. */
    public void release(String operation, Feed feed, List<TimeChunk> chunks) {
        for (TimeChunk chunk : chunks) {
            Write delete = Write.delete(
                    Key.lease(feed, chunk.start()), Condition.equal(HOLDER, LeaseAnswer.OPERATION + operation));
            if (!Transactions.isWritten(table, List.of(delete))) {
                LOG.debug("Lease of an operation is gone already", "operation", operation, "chunk", chunk.interval());
            }
        }
    }

    private static boolean takesAway(Run run) {
        return run.kind() == RunKind.KILL || run.mode() == Mode.REPLACE;
    }

    private boolean isOver(Run run, String holder) {
        return run.chunks().stream()
                .flatMap(chunk -> table.get(key(run, chunk)).stream())
                .filter(lease -> lease.text(HOLDER).filter(holder::equals).isPresent())
                .allMatch(this::isOver);
    }

    /** A lease of a run is over once the run has ended, one of an operation after its time. */
    private boolean isOver(Item lease) {
        String holder = lease.text(HOLDER).orElse("");
        return LeaseAnswer.isOperation(holder)
                ? !lease.time(UNTIL).orElse(Instant.MIN).isAfter(clock.instant())
                : hasEnded(holder);
    }

    /**
     * Writes the next version of a run that has ended, and returns its leases in the same transaction.
     *
     * @throws StaleRunException if another function wrote the run since it was read, or keeps asking for its leases
     */
    Run release(Run ended) {
        Run written = ended.written();
        Set<Key> held = new LinkedHashSet<>();
        ended.chunks().forEach(chunk -> held.add(key(ended, chunk)));
        for (int round = 1; round <= TRIES; round++) {
            List<Write> writes = new ArrayList<>(List.of(runs.write(written)));
            held.forEach(key -> writes.add(Write.delete(key, isFreeOrHeldBy(ended.id()))));
            try {
                table.transact(writes);
                return written;
            } catch (TransactionCancelledException exception) {
                if (exception.conditionFailed(Key.run(ended.id()))) {
                    break;
                }
                // The run never got its turn and another holds the chunk: there is no lease to return.
                held.removeIf(exception::conditionFailed);
            }
        }
        throw new StaleRunException(ended.id());
    }

    /** Returns the writes that return the run's leases, for the transaction that ends it. */
    public List<Write> returned(Run run) {
        return run.chunks().stream()
                .map(chunk -> key(run, chunk))
                .filter(key -> table.get(key)
                        .flatMap(item -> item.text(HOLDER))
                        .map(run.id()::equals)
                        .orElse(true))
                .map(key -> Write.delete(key, isFreeOrHeldBy(run.id())))
                .toList();
    }

    /** Returns the run that holds a time chunk. A run that ended without returning its lease does not count. */
    public Optional<Run> holder(Feed feed, TimeChunk chunk) {
        return table.get(Key.lease(feed, chunk.start()))
                .flatMap(item -> item.text(HOLDER))
                .flatMap(runs::find)
                .filter(run -> !run.hasEnded());
    }

    /** Returns the chunks of all runs and operations that hold a lease and have not ended. */
    public List<TimeChunk> held(Feed feed) {
        String pk = Key.lease(feed, Instant.EPOCH).pk();
        Set<String> holders = new HashSet<>();
        List<TimeChunk> chunks = new ArrayList<>();
        for (Item lease : table.all(Query.partition(pk))) {
            Optional<String> holder = lease.text(HOLDER);
            if (holder.filter(LeaseAnswer::isOperation).isEmpty()) {
                holder.ifPresent(holders::add);
            } else if (!isOver(lease)) {
                chunks.add(new TimeChunk(
                        Instant.parse(Key.of(lease).sk()), lease.time(END).orElseThrow()));
            }
        }
        for (String holder : holders) {
            runs.find(holder).filter(run -> !run.hasEnded()).ifPresent(run -> chunks.addAll(run.chunks()));
        }
        return List.copyOf(chunks);
    }

    private LeaseAnswer asked(Run run) {
        Run written = run.written();
        List<Write> writes = new ArrayList<>();
        for (TimeChunk chunk : run.chunks()) {
            writes.add(Write.put(Item.at(key(run, chunk)).with(HOLDER, run.id()), isFreeOrHeldBy(run.id())));
        }
        writes.add(runs.write(written));
        try {
            table.transact(writes);
            return new LeaseAnswer.Acquired(written);
        } catch (TransactionCancelledException exception) {
            if (exception.conditionFailed(Key.run(run.id()))) {
                throw new StaleRunException(run.id());
            }
            return exception.failures().stream()
                    .flatMap(failure -> failure.stored().stream())
                    .flatMap(lease -> lease.text(HOLDER).stream())
                    .filter(holder -> !holder.equals(run.id()))
                    .findFirst()
                    .<LeaseAnswer>map(LeaseAnswer.HeldBy::new)
                    .orElseGet(LeaseAnswer.Contended::new);
        }
    }

    private boolean hasEnded(String runId) {
        return runs.find(runId).map(Run::hasEnded).orElse(true);
    }

    /** Removes those leases on the run's chunks that an ended run still holds. */
    private void free(Run run, String endedHolder) {
        for (TimeChunk chunk : run.chunks()) {
            Write delete = Write.delete(key(run, chunk), isFreeOrHeldBy(endedHolder));
            if (!Transactions.isWritten(table, List.of(delete))) {
                // Another submitter did the same and may have the lease by now. The next request for it will tell.
                LOG.debug("Lease was taken over already", "runId", endedHolder, "chunk", chunk.interval());
            }
        }
    }

    private static Key key(Run run, TimeChunk chunk) {
        return Key.lease(run.feed(), chunk.start());
    }

    private static Condition isFreeOrHeldBy(String runId) {
        return Condition.absent().or(Condition.equal(HOLDER, runId));
    }
}
