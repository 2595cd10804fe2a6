package sluice.upkeep.restore;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.core.batch.TimeChunk;
import sluice.core.json.CanonicalJson;

/**
 * What a restore would do.
 *
 * @param cluster the cluster
 * @param versions what would come back
 * @param chunks their time chunks
 * @param use ids of segments to mark used
 * @param unuse ids of segments to mark unused
 */
public record RestorePlan(
        String cluster, List<UnusedVersion> versions, List<TimeChunk> chunks, List<String> use, List<String> unuse) {

    public RestorePlan {
        versions = List.copyOf(versions);
        chunks = List.copyOf(chunks);
        use = List.copyOf(use);
        unuse = List.copyOf(unuse);
    }

    /** Returns a hash of what would be marked: a restore carries out only what somebody has looked at. */
    public String fingerprint() {
        return CanonicalJson.sha256(Stream.concat(
                        use.stream().sorted(),
                        Stream.concat(Stream.of(""), unuse.stream().sorted()))
                .collect(Collectors.joining("\n")));
    }

    long bytes() {
        return versions.stream().mapToLong(UnusedVersion::bytes).sum();
    }
}
