package sluice.sandbox.lambda;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.sandbox.process.LogFile;

/**
 * Runs the functions behind queues, bus and schedules as {@link Routes} says.
 *
 * <p>Tests use it to send messages ({@link #queue}), to repeat deliveries ({@link #deliverConcurrently}), to kill a
 * function ({@link #kill}), to read its log ({@link #function}), and to stop and start the schedules.
 */
public final class LambdaHost implements AutoCloseable {

    private final Map<String, LambdaFunction> functions;
    private final Map<String, SqsQueue> queues;
    private final EventBus bus;
    private final Routes routes;
    private final ExecutorService threads;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, ScheduledFuture<?>> scheduled = new ConcurrentHashMap<>();
    private volatile boolean schedulesRun = true;

    /**
     * @param launcher   starts the processes of the functions
     * @param logs       folder for one log file per function
     * @param retryDelay after this long a message that failed comes back
     */
    public LambdaHost(
            Routes routes,
            FunctionLauncher launcher,
            EventBus bus,
            Path logs,
            Duration retryDelay,
            ExecutorService threads) {
        this.routes = routes;
        this.bus = bus;
        this.threads = threads;
        this.functions = routes.functions().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> {
                    LogFile log = new LogFile(logs.resolve(entry.getKey() + ".log"));
                    return new LambdaFunction(
                            entry.getKey(),
                            entry.getValue(),
                            log,
                            () -> launcher.launch(entry.getKey(), entry.getValue(), log));
                }));
        this.queues = routes.queues().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> new SqsQueue(entry.getKey(), entry.getValue(), retryDelay)));
    }

    /**
     * Starts event source mappings, bus rules and schedules.
     *
     * @param minute what stands for a minute of a schedule's rate; one that fires more seldom than every minute waits for
     *               its first time, as on AWS
     */
    public void start(Duration minute) {
        bus.onEvent(event -> {
            routes.queuesFor(event.type())
                    .forEach(queue -> queue(queue).send(event.detail().toString(), event.trace()));
            routes.functionsFor(event.type()).forEach(name -> invokeBeside(function(name), event));
        });
        queues.values()
                .forEach(queue -> threads.execute(
                        new EventSourceMapping(queue, function(queue.settings().function()), threads)));
        routes.schedules().forEach((name, schedule) -> {
            long pause = schedule.minutes() * minute.toMillis();
            scheduled.put(
                    name,
                    clock.scheduleWithFixedDelay(
                            () -> fire(name, schedule),
                            schedule.minutes() == 1 ? 0 : pause,
                            pause,
                            TimeUnit.MILLISECONDS));
        });
    }

    /** Ends a schedule. It can be fired by hand still. */
    public void endSchedule(String schedule) {
        known("schedule", schedule, scheduled).cancel(false);
    }

    /** Fires a schedule by hand, also while the schedules are paused, and waits for its function. */
    public Outcome fire(String schedule) throws InterruptedException {
        Routes.Schedule known = known("schedule", schedule, routes.schedules());
        return function(known.function()).invoke(ScheduledEvent.write(schedule));
    }

    /** Starts one process of every function ahead of the first event; all at once. */
    public void warmUp() throws InterruptedException {
        List<Callable<Void>> starts = new ArrayList<>();
        functions
                .values()
                .forEach(function -> starts.add(() -> {
                    function.warmUp();
                    return null;
                }));
        for (Future<Void> start : threads.invokeAll(starts)) {
            result(start);
        }
    }

    /** The HTTP API, as long as the threads of this host run. */
    public HttpApi serveHttp(int port) {
        return new HttpApi(port, routes.httpApi(), function(routes.httpApi().function()), threads);
    }

    /** @throws IllegalArgumentException if the routes have no such function */
    public LambdaFunction function(String name) {
        return known("function", name, functions);
    }

    /** @throws IllegalArgumentException if the routes have no such queue */
    public SqsQueue queue(String name) {
        return known("queue", name, queues);
    }

    public List<SqsQueue> queues() {
        return List.copyOf(queues.values());
    }

    public List<LambdaFunction> functions() {
        return List.copyOf(functions.values());
    }

    public Routes routes() {
        return routes;
    }

    public EventBus bus() {
        return bus;
    }

    /** Kills all processes of a function with signal 9. */
    public void kill(String function) {
        function(function).kill();
    }

    /** Invokes a function by hand, as Lambda's Invoke does. */
    public Outcome invoke(String function, String payload) throws InterruptedException {
        return function(function).invoke(payload.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Delivers one message several times at once, as SQS may do: same message id, different receipt handles. Beside the
     * queue: nothing is retried.
     *
     * @return the outcomes, in no particular order
     */
    public List<Outcome> deliverConcurrently(String queue, String body, int times) throws InterruptedException {
        SqsQueue from = queue(queue);
        LambdaFunction function = function(from.settings().function());
        SqsMessage message = new SqsMessage(body, Optional.empty());
        List<Callable<Outcome>> deliveries = IntStream.range(0, times)
                .<Callable<Outcome>>mapToObj(number -> {
                    Delivery delivery = from.receive(message, Instant.now());
                    return () -> function.invoke(SqsEvent.write(List.of(delivery)));
                })
                .toList();
        List<Outcome> outcomes = new ArrayList<>();
        for (Future<Outcome> outcome : threads.invokeAll(deliveries)) {
            outcomes.add(result(outcome));
        }
        return List.copyOf(outcomes);
    }

    /** Schedules fire no more until {@link #resumeSchedules()}. */
    public void pauseSchedules() {
        schedulesRun = false;
    }

    public void resumeSchedules() {
        schedulesRun = true;
    }

    /** Ends the functions, then what feeds them: no function sees its Runtime API go away. */
    @Override
    public void close() {
        functions.values().forEach(LambdaFunction::close);
        clock.shutdownNow();
        threads.shutdownNow();
        bus.close();
    }

    /** Invokes a function as a rule of the bus does. While the schedules are paused, nothing but a test invokes it. */
    private void invokeBeside(LambdaFunction function, BusEvent event) {
        if (schedulesRun) {
            byte[] payload = event.detail().toString().getBytes(StandardCharsets.UTF_8);
            threads.execute(() -> function.invokeIfFree(payload));
        }
    }

    /** The clock has one thread and waits for the end of each call: a schedule never overlaps itself. */
    private void fire(String name, Routes.Schedule schedule) {
        if (!schedulesRun) {
            return;
        }
        try {
            function(schedule.function()).invoke(ScheduledEvent.write(name));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static <V> V known(String kind, String name, Map<String, V> all) {
        V value = all.get(name);
        if (value == null) {
            throw new IllegalArgumentException("No " + kind + " '" + name + "', only " + all.keySet());
        }
        return value;
    }

    private static <V> V result(Future<V> done) throws InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause().getMessage(), failure.getCause());
        }
    }
}
