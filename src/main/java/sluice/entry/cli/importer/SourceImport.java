package sluice.entry.cli.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sluice.core.definition.SegmentGranularity;

/** Derives the location of all future files from the files of one load. */
final class SourceImport {

    private static final Pattern SUFFIX_GLOB = Pattern.compile("(?:\\*\\*/?)?\\*?(\\.?[A-Za-z0-9._-]+)");
    private static final Map<String, String> OTHERWISE = Map.of(
            "systemFields", "it would add columns with the file's name",
            "endpointConfig", "the spec has its own endpoint",
            "clientConfig", "the spec has its own client configuration",
            "proxyConfig", "the spec has its own proxy");

    private final JsonNode inputSource;
    private final String pointer;
    private final ImportOptions options;
    private final ImportNotes notes;
    private final InputLocations locations;

    SourceImport(DruidSpec spec, ImportOptions options, ImportNotes notes) {
        this.inputSource = spec.part("ioConfig").path("inputSource");
        this.pointer = spec.pointer("ioConfig") + "/inputSource";
        this.options = options;
        this.notes = notes;
        this.locations = new InputLocations(pointer, notes);
    }

    /** Returns the source; empty if the owner has to say where files will be. */
    Optional<ObjectNode> source(Optional<SegmentGranularity> granularity) {
        boolean isS3 = inputSource.path("type").asText().equals("s3");
        if (isS3) {
            locations.read(inputSource);
            extras();
        }
        ObjectNode source = JsonNodeFactory.instance.objectNode().put("type", "s3");
        Optional<KeyTime> time = locations.time(granularity.orElse(SegmentGranularity.DAY));
        Optional<String> bucket = locations.bucket();
        if (options.source() != null) {
            Matcher given = InputLocations.ADDRESS.matcher(options.source());
            if (!given.matches()) {
                throw new IllegalArgumentException(
                        "--source cannot be '" + options.source() + "'; it must be s3://BUCKET/PREFIX");
            }
            source.put("bucket", given.group(1)).put("prefix", given.group(2));
        } else if (bucket.isPresent()) {
            source.put("bucket", bucket.get())
                    .put("prefix", time.map(KeyTime::prefix).orElseGet(locations::commonPrefix));
        } else {
            notes.add(
                    ImportCode.NOT_EXPRESSIBLE,
                    pointer,
                    "A definition reads files from S3, but this is "
                            + inputSource.path("type").asText("nothing"),
                    "pass --source s3://BUCKET/PREFIX and --time-chunk PATTERN to say where the files will be in S3",
                    "/batch");
            return Optional.empty();
        }
        String timeChunk =
                options.timeChunk() == null ? time.map(KeyTime::timeChunk).orElse(null) : options.timeChunk();
        if (timeChunk == null) {
            notes.add(
                    ImportCode.NOT_EXPRESSIBLE,
                    pointer,
                    "The keys contain no time, but a definition loads by time chunk",
                    "pass --time-chunk PATTERN, for example --time-chunk \"'dt='yyyy-MM-dd\"",
                    "/batch/source");
        } else {
            source.put("timeChunk", timeChunk);
        }
        suffix().ifPresent(suffix -> source.put("suffix", suffix));
        return Optional.of(source);
    }

    private void extras() {
        OTHERWISE.forEach((name, what) -> {
            if (inputSource.hasNonNull(name) && !inputSource.get(name).isEmpty()) {
                notes.add(
                        ImportCode.NOT_EXPRESSIBLE,
                        pointer + "/" + name,
                        "A definition's source has no " + name + ": " + what,
                        name.equals("systemFields") ? null : "set it in the cluster's configuration",
                        "/batch/source");
            }
        });
        if (inputSource.hasNonNull("properties")) {
            notes.add(
                    ImportCode.LEFT_OUT,
                    pointer + "/properties",
                    "The spec has its own S3 credentials; the runs of a definition use those of the cluster",
                    "or presigned addresses: OBJECT_ACCESS=presigned in the environment",
                    "/batch/source");
        }
    }

    private Optional<String> suffix() {
        String glob = inputSource.path("objectGlob").asText("");
        if (glob.isEmpty() || glob.equals("**")) {
            return Optional.empty();
        }
        Matcher matcher = SUFFIX_GLOB.matcher(glob);
        if (matcher.matches()) {
            return Optional.of(matcher.group(1));
        }
        notes.add(
                ImportCode.NOT_EXPRESSIBLE,
                pointer + "/objectGlob",
                "A definition selects files by prefix and suffix, but this is " + glob,
                "for example source.suffix: .json.gz",
                "/batch/source");
        return Optional.empty();
    }
}
