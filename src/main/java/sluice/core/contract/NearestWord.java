package sluice.core.contract;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the known word that was probably meant. */
public final class NearestWord {
    private static final int SHORTEST_STEM = 3;

    /** What other systems, or earlier versions of Druid, call the same thing. */
    private static final Map<String, List<String>> SYNONYMS = Map.ofEntries(
            Map.entry("bigint", List.of("long")),
            Map.entry("integer", List.of("long")),
            Map.entry("int", List.of("long")),
            Map.entry("int64", List.of("long")),
            Map.entry("int32", List.of("long")),
            Map.entry("smallint", List.of("long")),
            Map.entry("tinyint", List.of("long")),
            Map.entry("timestamp", List.of("long")),
            Map.entry("date", List.of("string")),
            Map.entry("varchar", List.of("string")),
            Map.entry("char", List.of("string")),
            Map.entry("text", List.of("string")),
            Map.entry("keyword", List.of("string")),
            Map.entry("boolean", List.of("string")),
            Map.entry("bool", List.of("string")),
            Map.entry("number", List.of("double")),
            Map.entry("numeric", List.of("double")),
            Map.entry("decimal", List.of("double")),
            Map.entry("real", List.of("float")),
            Map.entry("object", List.of("json")),
            Map.entry("map", List.of("json")),
            Map.entry("sum", List.of("doubleSum")),
            Map.entry("min", List.of("doubleMin")),
            Map.entry("max", List.of("doubleMax")),
            Map.entry("countdistinct", List.of("HLLSketchBuild")),
            Map.entry("distinctcount", List.of("HLLSketchBuild")),
            Map.entry("hyperloglog", List.of("HLLSketchBuild")),
            Map.entry("ndjson", List.of("json")),
            Map.entry("jsonl", List.of("json")),
            Map.entry("avro", List.of("avro_stream")),
            Map.entry("gcs", List.of("google")),
            Map.entry("gs", List.of("google")),
            Map.entry("https", List.of("http")),
            Map.entry("file", List.of("local")),
            Map.entry("ingestsegment", List.of("druid")),
            Map.entry("static-s3", List.of("s3")),
            Map.entry("static-google-blobstore", List.of("google")),
            Map.entry("static-azure-blobstore", List.of("azure")),
            Map.entry("daily", List.of("DAY")),
            Map.entry("unix", List.of("posix")),
            Map.entry("epoch", List.of("posix")),
            Map.entry("seconds", List.of("posix", "SECOND")),
            Map.entry("epoch_millis", List.of("millis")),
            Map.entry("eq", List.of("equals")),
            Map.entry("index_kafka", List.of("kafka")),
            Map.entry("parallel_index", List.of("index_parallel")));

    /** Synonyms that may stand for more than one thing. */
    private static final Set<String> GUESSES = Set.of(
            "avro",
            "bool",
            "boolean",
            "countdistinct",
            "date",
            "decimal",
            "distinctcount",
            "hyperloglog",
            "map",
            "max",
            "min",
            "number",
            "numeric",
            "object",
            "seconds",
            "sum",
            "timestamp");

    private NearestWord() {}

    /**
     * Returns the word that was certainly meant: the only nearest one, or what another system calls by no other name. Null
     * if two words are equally near, or none is.
     */
    static @Nullable String certain(String written, Collection<String> words) {
        String lower = written.toLowerCase(Locale.ROOT);
        String near = ofValue(written, words);
        if (near == null || SYNONYMS.getOrDefault(lower, List.of()).contains(near)) {
            return GUESSES.contains(lower) ? null : near;
        }
        if (near.equals(stem(lower, words))) {
            return near;
        }
        int distance = distance(written, near);
        boolean rivals = words.stream()
                .anyMatch(word -> !word.equals(near)
                        && Math.abs(word.length() - written.length()) <= distance
                        && distance(written, word) <= distance);
        return rivals ? null : near;
    }

    /**
     * Returns the type name or value that was probably meant; null if none was. Beside near spellings, it knows what
     * other systems call the same thing ({@code BIGINT}), and takes the only word that begins with the one written, or
     * that the written one begins with ({@code hash}).
     */
    static @Nullable String ofValue(String written, Collection<String> words) {
        String lower = written.toLowerCase(Locale.ROOT);
        for (String synonym : SYNONYMS.getOrDefault(lower, List.of())) {
            if (words.contains(synonym)) {
                return synonym;
            }
        }
        String near = of(written, words);
        return near == null ? stem(lower, words) : near;
    }

    /** Returns the nearest word; null if none is near. At most a third of the letters may differ. */
    public static @Nullable String of(String written, Collection<String> words) {
        String best = null;
        int bestDistance = Math.max(1, written.length() / 3) + 1;
        for (String word : words) {
            // Never more edits than the difference in length: a text of megabytes is not compared letter by letter.
            if (Math.abs(word.length() - written.length()) >= bestDistance) {
                continue;
            }
            int distance = distance(written, word);
            if (distance < bestDistance) {
                best = word;
                bestDistance = distance;
            }
        }
        return best;
    }

    private static @Nullable String stem(String lower, Collection<String> words) {
        String only = null;
        for (String word : words) {
            String known = word.toLowerCase(Locale.ROOT);
            boolean related = lower.startsWith(known) && known.length() >= SHORTEST_STEM
                    || known.startsWith(lower) && lower.length() >= SHORTEST_STEM;
            if (related && only != null) {
                return null;
            }
            only = related ? word : only;
        }
        return only;
    }

    /** Returns the number of edits between the two, ignoring case. A swap of neighbours counts as one edit. */
    static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                edits[i][j] =
                        Math.min(edits[i - 1][j - 1] + (same ? 0 : 1), Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[a.length()][b.length()];
    }
}
