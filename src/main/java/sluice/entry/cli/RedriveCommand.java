package sluice.entry.cli;

import java.time.Duration;
import sluice.entry.cli.api.ApiException;
import sluice.entry.cli.api.Queues;
import sluice.entry.cli.api.Queues.Move;
import sluice.entry.cli.api.Queues.Queue;

/**
 * {@code redrive}: moves the messages of a dead-letter queue back to the queues that they came from, and waits for it.
 * Functions treat them as messages that arrive again, which changes nothing that is done already.
 */
final class RedriveCommand {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Move NONE = new Move(0, "NONE", 0, 0, "");

    private final Arguments arguments;
    private final Console console;

    RedriveCommand(Arguments arguments, Console console) {
        this.arguments = arguments;
        this.console = console;
    }

    int run() throws UsageException, ApiException {
        String name = arguments.operand("QUEUE");
        Queues queues = Queues.open(arguments.value("--region").orElse(null), console.environment());
        Queue queue = queues.named(name);
        if (!queues.isDeadLetterQueueOfAnother(queue)) {
            console.err()
                    .println(name + " is not the dead-letter queue of another queue, so SQS does not know where its"
                            + " messages belong. For those of a rule or a schedule, see docs/operations.md");
            return Main.FAILED;
        }
        Move earlier = queues.move(queue).orElse(NONE);
        if (earlier.isUnderWay()) {
            console.err().println("somebody is moving these messages already; waiting for that");
            return report(name, finished(queues, queue, NONE));
        }
        if (queue.messages() == 0) {
            console.out().println(name + " is empty.");
            return Main.GOOD;
        }
        queues.redrive(queue);
        return report(name, finished(queues, queue, earlier));
    }

    private int report(String name, Move move) {
        if (move.status().equals("COMPLETED")) {
            console.out().println(name + ": " + move.moved() + " messages moved back.");
            return Main.GOOD;
        }
        console.err()
                .println(name + ": " + move.status() + " after " + move.moved() + " messages"
                        + (move.failure().isEmpty() ? "" : ": " + move.failure()));
        return Main.FAILED;
    }

    /** @param earlier the move before this one, which SQS may name for a moment longer */
    private Move finished(Queues queues, Queue queue, Move earlier) throws ApiException {
        Progress progress = new Progress(console);
        while (true) {
            Move move = queues.move(queue)
                    .filter(newest -> newest.startedAt() != earlier.startedAt())
                    .orElse(new Move(0, "RUNNING", 0, queue.messages(), ""));
            if (!move.isUnderWay()) {
                progress.clear();
                return move;
            }
            progress.show("moved " + move.moved() + " of " + move.toMove());
            console.pause(PAUSE);
        }
    }
}
