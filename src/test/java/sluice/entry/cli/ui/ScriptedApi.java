package sluice.entry.cli.ui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sluice.entry.cli.api.FakeApi;
import sluice.entry.cli.api.FakeApi.Asked;
import sluice.entry.cli.api.FakeApi.Said;

/** An API whose every text is markup, with three years of hours and any state that a test wants. */
final class ScriptedApi implements AutoCloseable {

    /** Would show an image and change the title, if anything made it an element. */
    static final String NAME = "<img src=x onerror=document.title='broken'>";

    static final String RUN = "k3v5q7m2a4c6e2g4i6k2m4o6q2";
    static final String BACKFILL = "b7k3v5q7m2a4";
    static final Instant FIRST = Instant.parse("2023-01-01T00:00:00Z");
    static final Instant LAST = Instant.parse("2026-01-01T00:00:00Z");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOSTILE = "<script>document.title='broken'</script>" + NAME;
    private static final Instant NOON = Instant.parse("2025-12-31T12:00:00Z");

    /** Where the clusters' web console is. */
    static final String CONSOLE = "https://druid.example.com/unified-console.html";

    static final List<String> ROLES = List.of("read", "plan", "apply", "operate");

    private final Map<Instant, String> states = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> following = new ConcurrentHashMap<>();
    private volatile List<String> roles = ROLES;
    private final FakeApi api = new FakeApi(this::answer);

    String url() {
        return api.url();
    }

    /** Changes what the API says about a chunk. */
    void state(Instant chunk, String state) {
        states.put(chunk, state);
    }

    /** Lets something follow the run. */
    void followed(String field, String json) throws JsonProcessingException {
        following.put(field, JSON.readTree(json));
    }

    /** Changes what the caller may do. */
    void roles(List<String> granted) {
        roles = granted;
    }

    @Override
    public void close() {
        api.close();
    }

    private Said answer(Asked asked) {
        String path = asked.path();
        String base = "/v1/datasources/" + encoded();
        if (path.equals("/v1/datasources")) {
            ObjectNode body = JSON.createObjectNode();
            body.putArray("datasources").add(facts());
            return said(body);
        } else if (path.equals(base)) {
            ObjectNode body = facts();
            body.putArray("held")
                    .addObject()
                    .put("cluster", NAME)
                    .put("dataAt", NOON.toString())
                    .put("run", RUN)
                    .put("interval", FIRST + "/" + LAST);
            return said(body);
        } else if (path.equals(base + "/chunks")) {
            return said(chunks(parameters(asked.query())));
        } else if (path.equals("/v1/clusters")) {
            ObjectNode body = JSON.createObjectNode();
            body.putArray("clusters")
                    .addObject()
                    .put("name", NAME)
                    .put("console", CONSOLE)
                    .put("reachable", false)
                    .put("error", HOSTILE);
            return said(body);
        } else if (path.equals("/v1/runs")) {
            ObjectNode body = JSON.createObjectNode();
            body.putArray("runs")
                    .addObject()
                    .put("id", RUN)
                    .put("cluster", NAME)
                    .put("datasource", NAME)
                    .put("kind", "batch")
                    .put("state", "Failed")
                    .put("createdAt", NOON.toString());
            return said(body);
        } else if (path.equals("/v1/runs/" + RUN)) {
            ObjectNode run = run();
            following.forEach(run::set);
            return said(run);
        } else if (path.equals("/v1/objects")) {
            ObjectNode body = JSON.createObjectNode();
            body.putArray("versions")
                    .addObject()
                    .put("version", "e1")
                    .put("state", "Failed")
                    .put("run", RUN)
                    .put("error", HOSTILE);
            return said(body);
        } else if (path.equals("/v1/backfills")) {
            ObjectNode body = JSON.createObjectNode();
            body.putArray("backfills").add(backfill());
            return said(body);
        } else if (path.equals("/v1/backfills/" + BACKFILL)) {
            return said(backfill());
        }
        return definitions(path, asked.query());
    }

    private Said definitions(String path, String query) {
        String base = "/v1/definitions/" + encoded();
        ObjectNode body = JSON.createObjectNode();
        if (path.equals(base + "/versions")) {
            body.put("active", 2);
            ArrayNode versions = body.putArray("versions");
            for (int number = 2; number > 0; number--) {
                versions.addObject()
                        .put("number", number)
                        .put("author", HOSTILE)
                        .put("note", HOSTILE);
            }
            return said(body);
        } else if (path.startsWith(base + "/versions/")) {
            String number = path.substring(path.length() - 1);
            if (query != null && query.startsWith("comparedWith=")) {
                body.putArray("changes")
                        .addObject()
                        .put("kind", "REPLACED")
                        .put("pointer", "/" + HOSTILE)
                        .put("before", query.substring("comparedWith=".length()))
                        .put("after", number);
            }
            return said(body.put("text", "datasource: " + HOSTILE + "\nversion: " + number + "\n"));
        } else if (path.equals(base + "/history")) {
            body.put("active", 2);
            body.putArray("activations")
                    .addObject()
                    .put("kind", "ROLLBACK")
                    .put("version", 2)
                    .put("author", HOSTILE)
                    .put("reason", HOSTILE)
                    .put("at", NOON.toString());
            return said(body);
        }
        body.put("title", HOSTILE).put("status", 404).put("detail", HOSTILE);
        return Said.json(404, body.toString());
    }

    private ObjectNode facts() {
        ObjectNode facts = JSON.createObjectNode()
                .put("datasource", NAME)
                .put("segmentGranularity", "HOUR")
                .put("mode", "REPLACE")
                .put("source", "s3://landing/" + NAME)
                .put("freshness", "PT2H")
                .put("keep", "P30D")
                .put("version", 2)
                .put("streams", 0);
        facts.putArray("clusters").add(NAME);
        roles.forEach(facts.putArray("roles")::add);
        return facts;
    }

    private ObjectNode chunks(Map<String, String> parameters) {
        String[] ends = parameters.get("interval").split("/");
        Instant from = instant(parameters.getOrDefault("next", ends[0]));
        Instant until = instant(ends[1]);
        int limit = Integer.parseInt(parameters.getOrDefault("limit", "1000"));
        ObjectNode body = JSON.createObjectNode().put("datasource", NAME).put("cluster", NAME);
        ArrayNode chunks = body.putArray("chunks");
        Instant at = from;
        for (; at.isBefore(until) && chunks.size() < limit; at = at.plus(Duration.ofHours(1))) {
            String state = states.getOrDefault(at, "Available");
            boolean isBad = state.equals("Failed");
            ObjectNode chunk = chunks.addObject()
                    .put("interval", at + "/" + at.plus(Duration.ofHours(1)))
                    .put("state", state)
                    .put("rows", isBad ? 0 : 12_345)
                    .put("bytes", 100)
                    .put("segments", 1)
                    .put("versions", 1)
                    .put("files", 3);
            if (!state.equals("Missing")) {
                chunk.put("run", RUN).put("runState", isBad ? "Failed" : "Available");
            }
        }
        if (at.isBefore(until)) {
            body.put("next", at.toString());
        }
        return body;
    }

    private static ObjectNode run() {
        ObjectNode run = JSON.createObjectNode()
                .put("id", RUN)
                .put("cluster", NAME)
                .put("datasource", NAME)
                .put("kind", "batch")
                .put("attempt", 2)
                .put("taskId", HOSTILE)
                .put("createdAt", NOON.toString())
                .put("state", "Failed")
                .put("setbacks", 0);
        run.putArray("intervals").add(NOON + "/" + NOON.plusSeconds(3600));
        run.putObject("stateDetails")
                .put("state", "Failed")
                .put("since", NOON.plusSeconds(90).toString())
                .putObject("problem")
                .put("code", "TASK_FAILED")
                .put("message", HOSTILE + " line: 17");
        ArrayNode history = run.putArray("history");
        history.addObject().put("state", "Planned").put("since", NOON.toString());
        history.addObject()
                .put("state", "Running")
                .put("since", NOON.plusSeconds(10).toString());
        history.addObject()
                .put("state", "Failed")
                .put("since", NOON.plusSeconds(40).toString())
                .putObject("problem")
                .put("code", "TASK_LOST")
                .put("message", HOSTILE);
        history.addObject()
                .put("state", "Planned")
                .put("since", NOON.plusSeconds(50).toString());
        history.addObject()
                .put("state", "Running")
                .put("since", NOON.plusSeconds(60).toString());
        run.putArray("objects")
                .addObject()
                .put("bucket", "landing")
                .put("key", NAME)
                .put("version", "e1")
                .put("size", 10)
                .put("lastModified", NOON.minusSeconds(30).toString());
        run.putArray("findings")
                .addObject()
                .put("code", "SLU-0001")
                .put("severity", "WARNING")
                .put("pointer", HOSTILE)
                .put("message", HOSTILE);
        run.putObject("spec").put("type", HOSTILE);
        return run;
    }

    private static ObjectNode backfill() {
        ObjectNode backfill = JSON.createObjectNode()
                .put("id", BACKFILL)
                .put("datasource", NAME)
                .put("interval", FIRST + "/" + LAST)
                .put("state", "Running")
                .put("parallel", 4)
                .put("order", "newest")
                .put("onlyMissing", false)
                .put("author", HOSTILE)
                .put("reason", HOSTILE)
                .put("startedAt", NOON.toString());
        backfill.putArray("clusters").add(NAME);
        backfill.putArray("active");
        backfill.putArray("failures");
        backfill.putObject("progress")
                .put("total", 26_304)
                .put("done", 1_000)
                .put("running", 4)
                .put("failed", 1)
                .put("empty", 0)
                .put("skipped", 0)
                .put("left", 25_299)
                .put("rows", 12_345)
                .put("bytes", 1_000_000);
        backfill.putArray("history").addObject().put("at", NOON.toString()).put("state", "Running");
        return backfill;
    }

    private static Said said(ObjectNode body) {
        return Said.json(200, body.toString());
    }

    static String encoded() {
        return java.net.URLEncoder.encode(NAME, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Instant instant(String text) {
        return Instant.parse(text.length() == 10 ? text + "T00:00:00Z" : text);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }
}
