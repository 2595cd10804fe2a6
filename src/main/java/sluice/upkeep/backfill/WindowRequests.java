package sluice.upkeep.backfill;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Definition;
import sluice.core.json.CanonicalJson;
import sluice.ingest.ActiveDefinitions;
import sluice.ingest.hold.Hold;
import sluice.ingest.hold.HoldStore;
import sluice.ingest.intake.LoadRequest;
import sluice.ingest.intake.LoadRequestException;
import sluice.ingest.intake.LoadRequests;
import sluice.ingest.run.Run;
import sluice.platform.druid.DruidException;
import sluice.platform.log.Log;

/**
 * Requests the runs of windows, as a person would: with an idempotency key, which is the same for every try. So a kill between
 * any two writes makes no second run.
 */
@ApplicationScoped
class WindowRequests {

    private static final Log LOG = Log.of(WindowRequests.class);

    private final LoadRequests requests;
    private final ActiveDefinitions definitions;
    private final HoldStore holds;
    private final Clock clock;

    WindowRequests(LoadRequests requests, ActiveDefinitions definitions, HoldStore holds, Clock clock) {
        this.requests = requests;
        this.definitions = definitions;
        this.holds = holds;
        this.clock = clock;
    }

    /** Returns the window with its runs; or ended, if there can be none; or as it is, if the request has to be repeated. */
    BackfillWindow request(Backfill backfill, BackfillWindow window) {
        Optional<Hold> hold = obstacle(backfill.request().datasource(), window);
        if (hold.isPresent()) {
            return window.failed("the rows must stay: " + hold.get().text(), clock.instant());
        }
        try {
            return window.with(ids(requests.place(request(backfill.id(), backfill.request(), window))
                    .runs()));
        } catch (LoadRequestException exception) {
            return switch (exception.code()) {
                case NOTHING_TO_LOAD -> window.empty(clock.instant());
                case KEY_TAKEN, IMPOSSIBLE -> window.failed(String.valueOf(exception.getMessage()), clock.instant());
                case CONTENDED, UNKNOWN_DATASOURCE -> later(backfill, window, exception);
            };
        } catch (DruidException exception) {
            return later(backfill, window, exception);
        }
    }

    /** Returns the window with the runs that were requested before, of which the window may not know; or stopped without any. */
    BackfillWindow stopped(Backfill backfill, BackfillWindow window) {
        List<String> runs = ids(requests.known(request(backfill.id(), backfill.request(), window)));
        return runs.isEmpty() ? window.stopped(clock.instant()) : window.with(runs);
    }

    /** A replace takes rows away. */
    private Optional<Hold> obstacle(String datasource, BackfillWindow window) {
        boolean isReplace = definitions
                .current()
                .find(datasource)
                .map(Definition::batch)
                .map(BatchDefinition::mode)
                .filter(Mode.REPLACE::equals)
                .isPresent();
        return isReplace ? holds.on(datasource, List.of(window.interval())) : Optional.empty();
    }

    private static BackfillWindow later(Backfill backfill, BackfillWindow window, RuntimeException reason) {
        LOG.warn(
                "Window of a backfill is requested again later",
                "id",
                backfill.id(),
                "window",
                window.number(),
                "reason",
                reason.getMessage());
        return window;
    }

    private static LoadRequest request(String id, BackfillRequest request, BackfillWindow window) {
        String key = "backfill " + id + " window " + window.number() + " pass " + window.pass();
        return new LoadRequest(
                request.datasource(),
                request.clusters(),
                List.of(),
                window.interval(),
                key,
                CanonicalJson.hash(JsonNodeFactory.instance.textNode(key)),
                request.author(),
                "backfill " + id + (request.reason() == null ? "" : ": " + request.reason()));
    }

    private static List<String> ids(List<Run> runs) {
        return runs.stream().map(Run::id).toList();
    }
}
