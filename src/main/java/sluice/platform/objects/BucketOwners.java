package sluice.platform.objects;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sluice.platform.aws.S3Settings;

/**
 * The accounts that own buckets. A bucket that was deleted can be created again by anybody; with its owner in the call, S3
 * refuses to give out or take anything.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html">Bucket owner condition</a>
 */
@ApplicationScoped
class BucketOwners {

    private static final Pattern ENTRY = Pattern.compile("([a-z0-9.*-]+)=([0-9]{12})");

    private final Map<Pattern, String> owners = new LinkedHashMap<>();

    /** @throws IllegalArgumentException if an entry is malformed */
    BucketOwners(S3Settings settings) {
        for (String entry : settings.bucketOwners().orElse(List.of())) {
            var parts = ENTRY.matcher(entry.strip());
            if (!parts.matches()) {
                throw new IllegalArgumentException("SLUICE_BUCKET_OWNERS: '" + entry
                        + "' is not bucket=account, where the account has 12 digits and * stands for any text");
            }
            owners.put(pattern(parts.group(1)), parts.group(2));
        }
    }

    /** Returns the account of the first entry that matches; null if none does. */
    @Nullable
    String of(String bucket) {
        return owners.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(bucket).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(
                Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
