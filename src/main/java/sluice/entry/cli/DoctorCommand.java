package sluice.entry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import sluice.core.version.SluiceVersion;
import sluice.entry.cli.api.ApiCall;
import sluice.entry.cli.api.ApiClient;
import sluice.entry.cli.api.ApiException;
import sluice.entry.cli.api.Queues;

/**
 * {@code doctor}: looks at everything between here and rows in Druid, from near to far, and says for each fault how to get
 * out of it. One that is found does not keep it from looking further, as far as that is possible.
 */
final class DoctorCommand {

    /** A tick takes what is due within seconds, and runs at least every minute. */
    private static final Duration LATE = Duration.ofMinutes(5);

    private static final String DEAD_LETTERS = "-dead-letter";

    private final Arguments arguments;
    private final Console console;
    private boolean isHealthy = true;

    DoctorCommand(Arguments arguments, Console console) {
        this.arguments = arguments;
        this.console = console;
    }

    int run() throws UsageException {
        if (!arguments.operands().isEmpty()) {
            throw new UsageException("doctor takes no operands: " + arguments.operands());
        }
        String prefix = arguments.value("--queues").orElse("sluice");
        try {
            ApiClient api = ApiOptions.client(arguments, console);
            version(api);
            health(api);
            clusters(api);
        } catch (ApiException failed) {
            bad("API: " + failed.getMessage(), "check --url, --region and the credentials; docs/cli.md says how");
        }
        queues(prefix);
        console.out().println(isHealthy ? "Nothing is wrong." : "Something is wrong.");
        return isHealthy ? Main.GOOD : Main.BAD;
    }

    private void version(ApiClient api) throws ApiException {
        String theirs = ask(api, "version").path("version").asText();
        good("API answers, version " + theirs);
        if (!theirs.equals(SluiceVersion.current())) {
            advise(
                    "this command line is version " + SluiceVersion.current(),
                    "take the same version, so that lint here and the contract there agree");
        }
    }

    private void health(ApiClient api) throws ApiException {
        JsonNode health = ask(api, "health");
        good("state table answers");
        JsonNode oldest = health.path("oldestDue");
        if (!oldest.isMissingNode()
                && Duration.parse(oldest.path("late").asText()).compareTo(LATE) > 0) {
            bad(
                    "the oldest due item waits since " + oldest.path("since").asText() + ": "
                            + oldest.path("item").asText(),
                    "poll does not run, or does not keep up: look at its schedule, its log and docs/operations.md");
        } else {
            good(health.path("due").asText() + " items are due, none of them late");
        }
        health.path("unreadable")
                .forEach(definition -> bad(
                        "definition cannot be read, and its files are not loaded: "
                                + definition.path("problem").asText(),
                        "correct it; 'sluice lint' shows all findings"));
        if (health.path("unreadable").isEmpty()) {
            good(health.path("definitions").asText() + " definitions are read");
        }
    }

    private void clusters(ApiClient api) throws ApiException {
        JsonNode clusters = ask(api, "clusters").path("clusters");
        if (clusters.isEmpty()) {
            bad("the environment has no cluster", "set SLUICE_CLUSTERS; docs/configuration.md says how");
        }
        clusters.forEach(this::cluster);
    }

    private void cluster(JsonNode cluster) {
        String name = "cluster " + cluster.path("name").asText();
        if (!cluster.path("reachable").asBoolean()) {
            bad(
                    name + " cannot be reached: " + cluster.path("error").asText(),
                    "check its address, its credentials and the network of the functions");
            return;
        }
        String version = cluster.path("version").asText();
        String contract = cluster.path("contract").asText();
        good(name + " is Druid " + version + ", "
                + cluster.path("workerCapacity").asText() + " tasks at once");
        if (!version.startsWith(contract + ".")) {
            advise(
                    name + " is checked against the contract of Druid " + contract,
                    "set the cluster's contract, if there is one for this version");
        }
        if (cluster.path("workerCapacity").asInt() < 2) {
            bad(
                    name + " runs " + cluster.path("workerCapacity").asText() + " tasks at once",
                    "a batch task needs one slot for itself and one for a subtask: raise druid.worker.capacity");
        }
        String autoKill = cluster.path("autoKill").asText("off");
        if (!autoKill.equals("off")) {
            advise(
                    name + " may delete unused segments itself (" + autoKill + ")",
                    "then a rollback finds nothing to restore, and Sluice plans no kill tasks; see docs/lifecycle.md");
        }
        if (cluster.path("objectAccess").asText().equals("s3") && !has(cluster, "druid-s3-extensions")) {
            bad(
                    name + " has not loaded druid-s3-extensions, and reads objects itself",
                    "add it to druid.extensions.loadList, or set the cluster's object access to presigned");
        }
    }

    private static boolean has(JsonNode cluster, String extension) {
        for (JsonNode loaded : cluster.path("extensions")) {
            if (loaded.asText().equals(extension)) {
                return true;
            }
        }
        return false;
    }

    private void queues(String prefix) throws UsageException {
        try {
            List<Queues.Queue> queues = Queues.open(arguments.value("--region").orElse(null), console.environment())
                    .named(prefix, DEAD_LETTERS);
            if (queues.isEmpty()) {
                advise(
                        "no dead-letter queue begins with " + prefix,
                        "name the deployment with --queues; the sandbox has none");
            }
            for (Queues.Queue queue : queues) {
                if (queue.messages() == 0) {
                    good(queue.name() + " is empty");
                } else {
                    bad(
                            queue.name() + " has " + queue.messages() + " messages",
                            "find the cause in the log, then: sluice redrive " + queue.name());
                }
            }
        } catch (ApiException failed) {
            advise(
                    "dead letters: " + failed.getMessage(),
                    "the caller needs sqs:ListQueues and sqs:GetQueueAttributes");
        }
    }

    private static JsonNode ask(ApiClient api, String what) throws ApiException {
        return api.call(ApiCall.get(ApiCall.path(what))).body();
    }

    private void good(String fact) {
        console.out().println(console.style().good("ok") + "    " + fact);
    }

    private void advise(String fact, String wayOut) {
        console.out().println(console.style().doubtful("note") + "  " + fact);
        console.out().println("      -> " + wayOut);
    }

    private void bad(String fact, String wayOut) {
        isHealthy = false;
        console.out().println(console.style().bad("wrong") + " " + fact);
        console.out().println("      -> " + wayOut);
    }
}
