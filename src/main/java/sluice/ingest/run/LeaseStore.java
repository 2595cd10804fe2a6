package sluice.ingest.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Query;
import sluice.platform.state.StateTable;
import sluice.platform.state.TransactionCancelledException;
import sluice.platform.state.Write;

/**
 * Leases on time chunks: a run has the chunks that it writes for itself, from before its task is sent until it has ended.
 * Leases are exclusive and do not expire. A run gives them back in the transaction that stores its end.
 */
@ApplicationScoped
public class LeaseStore {

    private static final Logger LOG = Logger.getLogger(LeaseStore.class);
    private static final String HOLDER = "holder";

    private final StateTable table;
    private final RunStore runs;

    LeaseStore(StateTable table, RunStore runs) {
        this.table = table;
        this.runs = runs;
    }

    /**
     * Takes the leases on all time chunks of the run, all or none. A run that holds them already keeps them. Leases of a
     * run that has ended without giving them back are taken over: nobody else would ever free them.
     */
    public LeaseAnswer take(Run run) {
        LeaseAnswer answer = asked(run);
        if (answer instanceof LeaseAnswer.HeldBy held && hasEnded(held.runId())) {
            free(run, held.runId());
            return asked(run);
        }
        return answer;
    }

    /**
     * Writes the next version of a run that has ended, and gives its leases back with it.
     *
     * @throws StaleRunException when somebody else wrote the run since it was read
     */
    Run release(Run ended) {
        Run written = ended.written();
        List<Write> writes = new ArrayList<>();
        writes.add(runs.write(written));
        for (TimeChunk chunk : ended.chunks()) {
            writes.add(Write.delete(key(ended, chunk), isFreeOrHeldBy(ended.id())));
        }
        try {
            table.transact(writes);
            return written;
        } catch (TransactionCancelledException exception) {
            if (exception.conditionFailed(Key.run(ended.id()))) {
                throw new StaleRunException(ended.id());
            }
            // A run that never got its turn ends while another holds the chunk: there is nothing to give back.
            return runs.save(ended);
        }
    }

    /** The run that has a time chunk for itself; one that has ended without giving its lease back does not count. */
    public Optional<Run> holder(Feed feed, TimeChunk chunk) {
        return table.get(Key.lease(feed, chunk.start()))
                .flatMap(item -> item.text(HOLDER))
                .flatMap(runs::find)
                .filter(run -> !run.hasEnded());
    }

    /** The chunks of all runs that hold a lease and have not ended: one that has ended writes no more. */
    public List<TimeChunk> held(Feed feed) {
        String pk = Key.lease(feed, Instant.EPOCH).pk();
        Set<String> holders = new HashSet<>();
        table.all(Query.partition(pk)).forEach(item -> item.text(HOLDER).ifPresent(holders::add));
        List<TimeChunk> chunks = new ArrayList<>();
        for (String holder : holders) {
            runs.find(holder).filter(run -> !run.hasEnded()).ifPresent(run -> chunks.addAll(run.chunks()));
        }
        return List.copyOf(chunks);
    }

    private LeaseAnswer asked(Run run) {
        List<Write> writes = new ArrayList<>();
        for (TimeChunk chunk : run.chunks()) {
            writes.add(Write.put(Item.at(key(run, chunk)).with(HOLDER, run.id()), isFreeOrHeldBy(run.id())));
        }
        try {
            table.transact(writes);
            return new LeaseAnswer.Acquired();
        } catch (TransactionCancelledException exception) {
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

    /** Removes the leases on the run's chunks that a run which has ended still holds. */
    private void free(Run run, String endedHolder) {
        for (TimeChunk chunk : run.chunks()) {
            try {
                table.transact(List.of(Write.delete(key(run, chunk), isFreeOrHeldBy(endedHolder))));
            } catch (TransactionCancelledException exception) {
                // Another submitter did the same and has the lease by now; asking for it will tell.
                LOG.debugf("The lease on %s of run %s was taken over already", chunk.interval(), endedHolder);
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
