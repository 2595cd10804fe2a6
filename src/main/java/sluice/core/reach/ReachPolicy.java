package sluice.core.reach;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the definitions of an environment may reach.
 *
 * @param buckets who may read what; empty if every bucket is allowed that the functions' roles reach
 * @param addresses further addresses that Druid may open
 * @param classes patterns of further classes that Druid may load
 * @param roles patterns of roles that Druid may assume
 * @param words what else is allowed: {@link #ENVIRONMENT}, {@link #CONFIG_PROVIDERS}, {@link #JAVASCRIPT}, {@link #REGEX}
 */
public record ReachPolicy(
        Optional<List<BucketRule>> buckets,
        List<AddressPattern> addresses,
        List<String> classes,
        List<String> roles,
        Set<String> words) {

    /** Environment variables of Druid's servers. */
    static final String ENVIRONMENT = "environment";
    /** Configuration providers of Kafka, which read files. */
    static final String CONFIG_PROVIDERS = "config-providers";

    static final String JAVASCRIPT = "javascript";
    /** Regular expressions of every kind. */
    static final String REGEX = "regex";

    private static final Set<String> WORDS = Set.of(ENVIRONMENT, CONFIG_PROVIDERS, JAVASCRIPT, REGEX);

    /** Nothing is widened, and every bucket is allowed. */
    public static final ReachPolicy STRICT =
            new ReachPolicy(Optional.empty(), List.of(), List.of(), List.of(), Set.of());

    public ReachPolicy {
        buckets = buckets.map(List::copyOf);
        addresses = List.copyOf(addresses);
        classes = List.copyOf(classes);
        roles = List.copyOf(roles);
        words = Set.copyOf(words);
    }

    /**
     * Reads the settings.
     *
     * @param buckets entries of {@code SLUICE_BUCKETS}: {@code datasource=bucket/prefix*}; empty for all buckets
     * @param reach entries of {@code SLUICE_REACH}: {@code address=...}, {@code class=...}, {@code role=...} or a word
     * @throws IllegalArgumentException if an entry is malformed; the message names the setting
     */
    public static ReachPolicy of(Optional<List<String>> buckets, List<String> reach) {
        List<AddressPattern> addresses = new ArrayList<>();
        List<String> classes = new ArrayList<>();
        List<String> roles = new ArrayList<>();
        Set<String> words = new HashSet<>();
        for (String entry : reach) {
            int equals = entry.indexOf('=');
            String value = entry.substring(equals + 1).strip();
            switch (equals < 0 ? "" : entry.substring(0, equals).strip()) {
                case "address" -> addresses.add(address(value));
                case "class" -> classes.add(value);
                case "role" -> roles.add(value);
                default -> words.add(word(entry.strip()));
            }
        }
        return new ReachPolicy(
                buckets.map(entries -> entries.stream().map(ReachPolicy::rule).toList()),
                addresses,
                classes,
                roles,
                words);
    }

    /** Returns true if the datasource may read the key, or all keys with the prefix. */
    public boolean allows(String datasource, String bucket, String keyOrPrefix) {
        return buckets.map(rules -> rules.stream().anyMatch(rule -> rule.allows(datasource, bucket, keyOrPrefix)))
                .orElse(true);
    }

    /** Returns true if some datasource may read the key. What nobody may read is not even noted. */
    public boolean holds(String bucket, String key) {
        return buckets.map(rules -> rules.stream().anyMatch(rule -> rule.holds(bucket, key)))
                .orElse(true);
    }

    boolean allowsAddress(String address) {
        return addresses.stream().anyMatch(pattern -> pattern.matches(address));
    }

    boolean allowsClass(String name) {
        return classes.stream().anyMatch(pattern -> Wildcard.matches(pattern, name));
    }

    boolean allowsRole(String arn) {
        return roles.stream().anyMatch(pattern -> Wildcard.matches(pattern, arn));
    }

    boolean has(String word) {
        return words.contains(word);
    }

    private static BucketRule rule(String entry) {
        try {
            return BucketRule.of(entry);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("SLUICE_BUCKETS: " + malformed.getMessage(), malformed);
        }
    }

    private static AddressPattern address(String pattern) {
        try {
            return AddressPattern.of(pattern);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("SLUICE_REACH: " + malformed.getMessage(), malformed);
        }
    }

    private static String word(String entry) {
        if (!WORDS.contains(entry)) {
            throw new IllegalArgumentException("SLUICE_REACH: '" + entry
                    + "' is neither address=..., class=..., role=... nor one of "
                    + WORDS.stream().sorted().toList());
        }
        return entry;
    }
}
