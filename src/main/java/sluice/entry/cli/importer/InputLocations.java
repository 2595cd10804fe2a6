package sluice.entry.cli.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sluice.core.definition.SegmentGranularity;

/** The bucket and keys that the inputSource of one load names. */
final class InputLocations {

    static final Pattern ADDRESS = Pattern.compile("s3://([^/]+)/?(.*)");

    private final String pointer;
    private final ImportNotes notes;
    private final List<String> keys = new ArrayList<>();
    private @Nullable String bucket;

    /** @param pointer JSON Pointer of the inputSource in the spec */
    InputLocations(String pointer, ImportNotes notes) {
        this.pointer = pointer;
        this.notes = notes;
    }

    Optional<String> bucket() {
        return Optional.ofNullable(bucket);
    }

    /** Returns the time in the keys, if all of them have one. */
    Optional<KeyTime> time(SegmentGranularity granularity) {
        return keys.isEmpty() ? Optional.empty() : KeyTime.of(keys, granularity);
    }

    /** Reads the S3 objects and prefixes that an inputSource names. */
    void read(JsonNode inputSource) {
        inputSource.path("uris").forEach(uri -> add(uri.asText(), "/uris"));
        inputSource.path("prefixes").forEach(prefix -> add(prefix.asText(), "/prefixes"));
        inputSource
                .path("objects")
                .forEach(object ->
                        add(object.path("bucket").asText(), object.path("path").asText(), "/objects"));
    }

    private void add(String address, String place) {
        Matcher matcher = ADDRESS.matcher(address);
        if (matcher.matches()) {
            add(matcher.group(1), decoded(address, matcher.group(2)), place);
        }
    }

    private void add(String location, String key, String place) {
        if (bucket != null && !bucket.equals(location)) {
            notes.add(
                    ImportCode.NOT_EXPRESSIBLE,
                    pointer + place,
                    "A definition reads one bucket, but these are " + bucket + " and " + location,
                    "one definition for each",
                    "/batch/source");
            return;
        }
        bucket = location;
        keys.add(key);
    }

    /** Druid reads addresses as URIs, in which a space is %20. */
    private static String decoded(String address, String raw) {
        try {
            String path = URI.create(address).getPath();
            return path == null || path.isEmpty() ? raw : path.substring(1);
        } catch (IllegalArgumentException noUri) {
            return raw;
        }
    }

    /** Returns the longest common folder of all keys. */
    String commonPrefix() {
        String common = keys.get(0);
        for (String key : keys) {
            while (!key.startsWith(common)) {
                common = common.substring(0, common.length() - 1);
            }
        }
        return common.substring(0, common.lastIndexOf('/') + 1);
    }
}
