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
            Map.entry("1s", List.of("SECOND")),
            Map.entry("pt1s", List.of("SECOND")),
            Map.entry("pt1m", List.of("MINUTE")),
            Map.entry("1min", List.of("MINUTE")),
            Map.entry("pt5m", List.of("FIVE_MINUTE")),
            Map.entry("5m", List.of("FIVE_MINUTE")),
            Map.entry("5min", List.of("FIVE_MINUTE")),
            Map.entry("pt10m", List.of("TEN_MINUTE")),
            Map.entry("10m", List.of("TEN_MINUTE")),
            Map.entry("pt15m", List.of("FIFTEEN_MINUTE")),
            Map.entry("15m", List.of("FIFTEEN_MINUTE")),
            Map.entry("quarter_hour", List.of("FIFTEEN_MINUTE")),
            Map.entry("pt30m", List.of("THIRTY_MINUTE")),
            Map.entry("30m", List.of("THIRTY_MINUTE")),
            Map.entry("half_hour", List.of("THIRTY_MINUTE")),
            Map.entry("pt1h", List.of("HOUR")),
            Map.entry("1h", List.of("HOUR")),
            Map.entry("pt60m", List.of("HOUR")),
            Map.entry("60m", List.of("HOUR")),
            Map.entry("pt6h", List.of("SIX_HOUR")),
            Map.entry("6h", List.of("SIX_HOUR")),
            Map.entry("pt8h", List.of("EIGHT_HOUR")),
            Map.entry("8h", List.of("EIGHT_HOUR")),
            Map.entry("p1d", List.of("DAY")),
            Map.entry("1d", List.of("DAY")),
            Map.entry("pt24h", List.of("DAY")),
            Map.entry("24h", List.of("DAY")),
            Map.entry("p1w", List.of("WEEK")),
            Map.entry("1w", List.of("WEEK")),
            Map.entry("p7d", List.of("WEEK")),
            Map.entry("7d", List.of("WEEK")),
            Map.entry("p1m", List.of("MONTH")),
            Map.entry("p3m", List.of("QUARTER")),
            Map.entry("p1y", List.of("YEAR")),
            Map.entry("1y", List.of("YEAR")),
            Map.entry("p12m", List.of("YEAR")),
            Map.entry("datetime", List.of("long")),
            Map.entry("array", List.of("auto")),
            Map.entry("list", List.of("auto")),
            Map.entry("aws", List.of("s3")),
            Map.entry("unix", List.of("posix")),
            Map.entry("epoch", List.of("posix")),
            Map.entry("seconds", List.of("posix", "SECOND")),
            Map.entry("epoch_millis", List.of("millis")),
            Map.entry("eq", List.of("equals")),
            Map.entry("index_kafka", List.of("kafka")),
            Map.entry("parallel_index", List.of("index_parallel")));

    /** Synonyms that may stand for more than one thing. */
    private static final Set<String> GUESSES = Set.of(
            "array",
            "avro",
            "bool",
            "boolean",
            "countdistinct",
            "date",
            "datetime",
            "decimal",
            "distinctcount",
            "hyperloglog",
            "list",
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
