package sluice.entry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.Contract;
import sluice.core.contract.TypeProbe;
import sluice.entry.cli.api.ApiCall;
import sluice.entry.cli.api.ApiClient;
import sluice.entry.cli.api.ApiException;
import sluice.entry.cli.api.DruidConnection;
import sluice.entry.cli.api.RawResponse;

/** {@code extension generate}: asks a Druid cluster for its types and declares those that the contract does not know. */
final class ExtensionCommand {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** A name that YAML reads as a text without quotes. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

    private final Console console;
    private final ApiClient druid;
    private final String version;
    private final @Nullable Path file;

    ExtensionCommand(Arguments arguments, Console console) throws UsageException {
        if (!arguments.operand("generate").equals("generate")) {
            throw new UsageException("'" + arguments.operands().get(0) + "' is not known here; known is generate");
        }
        this.console = console;
        this.druid = DruidConnection.open(arguments.required("--router"), console.environment());
        Set<String> known = new TreeSet<>(Contract.versions());
        known.add("auto");
        this.version = arguments.oneOf("--druid", "auto", known);
        this.file = arguments.value("--out").map(Path::of).orElse(null);
    }

    int run() throws ApiException, IOException {
        JsonNode status = status();
        String answered = status.path("version").asText();
        Contract contract = version.equals("auto") ? Contract.forCluster(answered) : Contract.forDruid(version);
        Map<String, Set<String>> found = new TreeMap<>();
        List<String> unlisted = new ArrayList<>(TypeProbe.UNLISTED);
        for (TypeProbe probe : TypeProbe.all()) {
            RawResponse answer = druid.pass(ApiCall.ask(probe.path(), probe.document()));
            Set<String> listed = probe.listed(new String(answer.body(), StandardCharsets.UTF_8));
            if (listed.isEmpty()) {
                unlisted.add(probe.kind() + " (HTTP " + answer.status() + ")");
            } else {
                Set<String> unknown = probe.unknownTo(contract, listed);
                if (!unknown.isEmpty()) {
                    found.put(probe.kind(), unknown);
                }
            }
        }
        if (unlisted.size() == TypeProbe.UNLISTED.size() + TypeProbe.all().size()) {
            throw new IOException(druid.address() + " lists no types: pass the router with its management proxy, and"
                    + " credentials that may post tasks");
        }
        write(text(answered, contract, status.path("modules"), found, unlisted));
        return Main.GOOD;
    }

    private JsonNode status() throws ApiException, IOException {
        RawResponse answer = druid.pass(ApiCall.get("/status"));
        JsonNode status = answer.status() == 200 ? JSON.readTree(answer.body()) : JSON.missingNode();
        if (!status.path("version").isTextual()) {
            throw new IOException(druid.address() + "/status: HTTP " + answer.status() + " without Druid's version");
        }
        return status;
    }

    private String text(
            String answered,
            Contract contract,
            JsonNode modules,
            Map<String, Set<String>> found,
            List<String> unlisted) {
        StringBuilder text = new StringBuilder("# Types of the Druid " + oneLine(answered) + " at " + druid.address()
                + " that Sluice's contract of Druid " + contract.version() + "\n"
                + "# does not know. They take any field. Write a JSON Schema to a type to have its fields checked.\n");
        Set<String> loaded = new TreeSet<>();
        modules.forEach(module -> loaded.add(oneLine(
                module.path("artifact").asText() + " " + module.path("version").asText())));
        text.append("# Loaded: ").append(String.join(", ", loaded)).append('\n');
        text.append("# Druid does not list: ")
                .append(String.join(", ", unlisted))
                .append('\n');
        if (found.isEmpty()) {
            return text.append("{}\n").toString();
        }
        found.forEach((kind, types) ->
                text.append(kind).append(": ").append(list(types)).append('\n'));
        return text.toString();
    }

    /** A list in YAML's flow style. Names that are not plain are quoted as in JSON, which YAML reads. */
    private static String list(Collection<String> types) {
        return types.stream()
                .map(type -> PLAIN.matcher(type).matches()
                        ? type
                        : JSON.getNodeFactory().textNode(type).toString())
                .toList()
                .toString();
    }

    /** What a cluster says about itself stays in its comment. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").strip();
    }

    private void write(String text) throws IOException {
        if (file == null) {
            console.out().print(text);
        } else {
            Files.writeString(file, text);
        }
    }
}
