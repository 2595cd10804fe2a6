package sluice.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sluice.sandbox.component.Project;
import sluice.sandbox.lambda.Json;

/**
 * Servers that run and that no sandbox has used yet. The file {@code target/sandbox/spare.json} offers them; whoever moves
 * it away owns them.
 *
 * @param firstPort first of their block of ports
 * @param state     folder with a folder for the state of each, and the folder {@code log}
 * @param members   their processes by name
 */
record SpareServers(int firstPort, Path state, Map<String, Member> members) {

    private static final String FILE = "spare.json";

    SpareServers {
        members = Map.copyOf(members);
    }

    /**
     * One process.
     *
     * @param started start time in milliseconds since 1970: a process id alone may belong to another process by now
     */
    record Member(long pid, long started) {

        static Member of(long pid) {
            return new Member(pid, ProcessHandle.of(pid).map(Member::started).orElse(0L));
        }

        /** @throws IllegalStateException if it has ended */
        ProcessHandle process() {
            return find().orElseThrow(() -> new IllegalStateException("Process " + pid + " has ended"));
        }

        private Optional<ProcessHandle> find() {
            return ProcessHandle.of(pid).filter(process -> process.isAlive() && started(process) == started);
        }

        private static long started(ProcessHandle process) {
            return process.info()
                    .startInstant()
                    .map(start -> start.toEpochMilli())
                    .orElse(0L);
        }
    }

    /** Takes the servers that are offered; empty if there are none or one of them has ended. At most one taker gets them. */
    static Optional<SpareServers> take() {
        return take(folder());
    }

    static Optional<SpareServers> take(Path folder) {
        Path taken = folder.resolve("spare-" + ProcessHandle.current().pid() + ".json");
        try {
            Files.move(folder.resolve(FILE), taken, StandardCopyOption.ATOMIC_MOVE);
            SpareServers spare = read(Json.read(Files.readString(taken)));
            Files.delete(taken);
            return Optional.of(spare).filter(SpareServers::areAlive);
        } catch (NoSuchFileException nothingOffered) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot take the servers offered in " + folder, failure);
        }
    }

    /** Whether some are offered, by any process. */
    static boolean areOffered() {
        return Files.exists(folder().resolve(FILE));
    }

    void offer() {
        offer(folder());
    }

    void offer(Path folder) {
        Path unfinished = folder.resolve(FILE + ".unfinished");
        try {
            Files.writeString(unfinished, write());
            Files.move(unfinished, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot offer servers in " + folder, failure);
        }
    }

    Path log(String member) {
        return state.resolve("log").resolve(member + ".log");
    }

    private boolean areAlive() {
        return members.values().stream().allMatch(member -> member.find().isPresent());
    }

    private String write() {
        Map<String, Object> processes = new LinkedHashMap<>();
        members.forEach((name, member) -> processes.put(name, new long[] {member.pid(), member.started()}));
        return Json.write(Map.of("firstPort", firstPort, "state", state.toString(), "processes", processes));
    }

    private static SpareServers read(JsonNode json) {
        Map<String, Member> members = new HashMap<>();
        json.path("processes")
                .properties()
                .forEach(process -> members.put(
                        process.getKey(),
                        new Member(
                                process.getValue().get(0).asLong(),
                                process.getValue().get(1).asLong())));
        return new SpareServers(
                json.path("firstPort").asInt(), Path.of(json.path("state").asText()), members);
    }

    private static Path folder() {
        return Project.folder("target", "sandbox");
    }
}
