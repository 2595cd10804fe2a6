package sluice.govern.streams;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.core.spec.GeneratedSupervisor;
import sluice.govern.drift.MessageDrift;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.event.CloudEvent;
import sluice.platform.log.Log;
import sluice.platform.state.AfterTick;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;

/**
 * Samples the messages of Kafka streams for drift: one stream at a time, each about every {@code sluice.streams.sample}. A sample
 * is one call of some seconds and at most 200 messages, however many streams there are.
 */
@ApplicationScoped
@Priority(10)
class MessageSampling implements DueItemHandler, AfterTick {

    private static final Log LOG = Log.of(MessageSampling.class);
    private static final String KAFKA = "kafka";
    private static final Duration SHORTEST_PAUSE = Duration.ofMinutes(1);
    /** A tick that ends sooner leaves the sample to the next one. */
    private static final Duration ONE_SAMPLE = Duration.ofSeconds(10);

    private final MessageDriftStore store;
    private final WantedStreams wanted;
    private final MessageDrift drift;
    private final StreamEvents events;
    private final DruidClusters clusters;
    private final Clock clock;
    private final StreamSettings settings;

    MessageSampling(
            MessageDriftStore store,
            WantedStreams wanted,
            MessageDrift drift,
            StreamEvents events,
            DruidClusters clusters,
            Clock clock,
            StreamSettings settings) {
        this.store = store;
        this.wanted = wanted;
        this.drift = drift;
        this.events = events;
        this.clusters = clusters;
        this.clock = clock;
        this.settings = settings;
    }

    private record Stream(String cluster, Definition definition, GeneratedSupervisor supervisor) {}

    @Override
    public void afterTick() {
        store.sampling()
                .begin(
                        clock.instant(),
                        () -> !settings.sample().isZero()
                                && !wanted.definitions().isEmpty());
    }

    @Override
    public void handle(List<Item> due, Instant deadline) {
        Instant now = clock.instant();
        if (!store.sampling().isAmong(due)
                || settings.sample().isZero()
                || now.plus(ONE_SAMPLE).isAfter(deadline)) {
            return;
        }
        List<Stream> streams = streams();
        Duration share = settings.sample().dividedBy(Math.max(1, streams.size()));
        Duration pause = share.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : share;
        // First, so that a cluster that takes long and gives no answer is not asked at every tick.
        store.sampling().next(now.plus(pause));
        if (!streams.isEmpty()) {
            // Whose turn it is follows from the time, so nothing has to be stored about it.
            long turn = now.toEpochMilli() / pause.toMillis();
            sample(streams.get((int) (turn % streams.size())), now);
        }
    }

    private List<Stream> streams() {
        List<Stream> streams = new ArrayList<>();
        for (Definition definition : wanted.definitions()) {
            for (String cluster : definition.clusters()) {
                wanted.supervisors(definition).stream()
                        .filter(supervisor ->
                                supervisor.spec().spec().path("type").asText().equals(KAFKA))
                        .forEach(supervisor -> streams.add(new Stream(cluster, definition, supervisor)));
            }
        }
        return streams;
    }

    private void sample(Stream stream, Instant now) {
        Optional<DruidCluster> cluster = clusters.find(stream.cluster());
        String supervisor = stream.supervisor().id();
        if (cluster.isEmpty()) {
            return;
        }
        try {
            drift.look(
                            cluster.get(),
                            stream.definition(),
                            stream.supervisor().spec().spec())
                    .ifPresent(findings -> note(stream, findings, now));
        } catch (DruidException exception) {
            LOG.warn(
                    "Messages are not sampled",
                    "cluster",
                    stream.cluster(),
                    "supervisor",
                    supervisor,
                    "reason",
                    exception.getMessage());
        }
    }

    private void note(Stream stream, List<Finding> findings, Instant now) {
        String supervisor = stream.supervisor().id();
        List<Finding> before = store.find(stream.cluster(), supervisor);
        List<Finding> news =
                findings.stream().filter(finding -> !before.contains(finding)).toList();
        if (findings.equals(before)) {
            return;
        }
        List<CloudEvent> about = news.isEmpty()
                ? List.of()
                : List.of(events.drifted(stream.cluster(), stream.definition().datasource(), supervisor, news, now));
        news.forEach(finding -> LOG.warn(
                "Messages of a stream drift",
                "cluster",
                stream.cluster(),
                "datasource",
                stream.definition().datasource(),
                "supervisor",
                supervisor,
                "finding",
                finding.message()));
        store.write(stream.cluster(), supervisor, findings, about);
    }
}
