package sluice.simulation;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import sluice.core.batch.S3Location;
import sluice.platform.objects.ObjectPage;
import sluice.platform.objects.ObjectStore;
import sluice.platform.objects.ObjectStoreException;
import sluice.platform.objects.ObjectStoreException.Code;
import sluice.platform.objects.StoredObject;
import sluice.simulation.ObjectCall.Operation;

/**
 * S3 in memory: keys in the order of their bytes, pages of 1,000, ETags that are MD5 sums of the bytes, seconds in
 * modification times, ten tags, archived objects that cannot be read, and versions in buckets that have them.
 */
public final class InMemoryObjectStore implements ObjectStore {

    private static final Set<String> ARCHIVED = Set.of("GLACIER", "DEEP_ARCHIVE");

    private final Clock clock;
    private final Map<String, Bucket> buckets = new HashMap<>();
    private final Set<Operation> unsupported = new HashSet<>();
    private Calls<ObjectCall> calls = new Calls<>() {};

    /** @param clock tells when objects are written */
    public InMemoryObjectStore(Clock clock) {
        this.clock = clock;
    }

    /** Makes a bucket without versions. */
    public InMemoryObjectStore bucket(String name) {
        buckets.putIfAbsent(name, new Bucket(false));
        return this;
    }

    /** Makes a bucket that keeps every version. */
    public InMemoryObjectStore versionedBucket(String name) {
        buckets.putIfAbsent(name, new Bucket(true));
        return this;
    }

    /** Writes an object, over the one that may be there, whose tags do not pass on to it. Returns what {@link #head} tells of it. */
    public StoredObject put(S3Location location, byte[] bytes) {
        return put(location, bytes, StoredObject.STANDARD, Map.of());
    }

    /** Writes an object of a storage class, with tags. */
    public StoredObject put(S3Location location, byte[] bytes, String storageClass, Map<String, String> tags) {
        Bucket bucket = bucket(location);
        Stored stored = new Stored(
                new StoredObject(
                        location.key(),
                        md5(bytes),
                        bucket.nextVersion(),
                        bytes.length,
                        clock.instant().truncatedTo(ChronoUnit.SECONDS),
                        storageClass),
                bytes.clone());
        stored.tags.putAll(tags);
        bucket.write(location.key(), stored);
        return stored.object;
    }

    /** Deletes the current version; older ones stay where a bucket has versions. */
    public void delete(S3Location location) {
        bucket(location).current.remove(location.key());
    }

    /** Moves an object to another storage class, as a lifecycle rule does; its ETag and version stay. */
    public void transition(S3Location location, String storageClass) {
        Stored stored = current(location);
        StoredObject before = stored.object;
        stored.object = new StoredObject(
                before.key(), before.etag(), before.versionId(), before.size(), before.lastModified(), storageClass);
    }

    /** Makes this a store that does not have an operation, as some servers that speak S3 have no tags. */
    public void withdraw(Operation operation) {
        unsupported.add(operation);
    }

    /** From now on sees every call; there is one at a time. */
    public void watch(Calls<ObjectCall> watcher) {
        calls = watcher;
    }

    @Override
    public ObjectPage list(String bucket, String prefix, Optional<String> token) {
        return page(bucket, prefix, token.orElse(""));
    }

    @Override
    public ObjectPage listAfter(String bucket, String prefix, String after) {
        return page(bucket, prefix, after);
    }

    private ObjectPage page(String bucket, String prefix, String after) {
        return call(new ObjectCall(Operation.LIST, bucket, prefix), () -> {
            List<StoredObject> page = new ArrayList<>();
            boolean isWithin = Utf8Order.INSTANCE.compare(after, prefix) >= 0;
            for (Stored stored : bucket(new S3Location(bucket, prefix))
                    .current
                    .tailMap(isWithin ? after : prefix, !isWithin)
                    .values()) {
                if (!stored.object.key().startsWith(prefix)) {
                    break;
                }
                if (page.size() == PAGE_SIZE) {
                    return new ObjectPage(
                            page, Optional.of(page.get(PAGE_SIZE - 1).key()));
                }
                page.add(withoutVersion(stored.object));
            }
            return new ObjectPage(page, Optional.empty());
        });
    }

    @Override
    public Optional<StoredObject> head(S3Location location) {
        return call(new ObjectCall(Operation.HEAD, location.bucket(), location.key()), () -> Optional.ofNullable(
                        buckets.get(location.bucket()))
                .map(bucket -> bucket.current.get(location.key()))
                .map(stored -> stored.object));
    }

    @Override
    public byte[] get(S3Location location, int maxBytes) {
        return call(new ObjectCall(Operation.GET, location.bucket(), location.key()), () -> {
            Stored stored = current(location);
            if (ARCHIVED.contains(stored.object.storageClass())) {
                throw new ObjectStoreException(Code.FORBIDDEN, location + " is archived: InvalidObjectState");
            }
            if (stored.bytes.length > maxBytes) {
                throw new ObjectStoreException(Code.TOO_LARGE, location + " has more than " + maxBytes + " bytes");
            }
            return stored.bytes.clone();
        });
    }

    @Override
    public Map<String, String> tags(S3Location location, String versionId) {
        return call(
                new ObjectCall(Operation.READ_TAGS, location.bucket(), location.key()),
                () -> new TreeMap<>(version(location, versionId).tags));
    }

    @Override
    public void replaceTags(S3Location location, String versionId, Map<String, String> tags) {
        call(new ObjectCall(Operation.REPLACE_TAGS, location.bucket(), location.key()), () -> {
            Stored stored = version(location, versionId);
            if (tags.size() > MAX_TAGS) {
                throw new ObjectStoreException(Code.REJECTED, location + ": an object has at most ten tags");
            }
            stored.tags.clear();
            stored.tags.putAll(tags);
            return stored;
        });
    }

    @Override
    public URI presignedGet(S3Location location, Duration life) {
        if (life.compareTo(MAX_PRESIGNED_LIFE) > 0) {
            throw new ObjectStoreException(Code.REJECTED, "no signature lives longer than " + MAX_PRESIGNED_LIFE);
        }
        Instant end = clock.instant().plus(life);
        String path = URLEncoder.encode(location.key(), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
        return URI.create("https://" + location.bucket() + ".s3.invalid/" + path + "?X-Amz-Expires=" + life.toSeconds()
                + "&end=" + end.getEpochSecond());
    }

    private <T> T call(ObjectCall call, Supplier<T> effect) {
        calls.before(call);
        if (unsupported.contains(call.operation())) {
            throw new ObjectStoreException(Code.UNSUPPORTED, "this store does not know " + call.operation());
        }
        T answer = effect.get();
        calls.after(call);
        return answer;
    }

    private Bucket bucket(S3Location location) {
        Bucket bucket = buckets.get(location.bucket());
        if (bucket == null) {
            throw new ObjectStoreException(Code.NOT_FOUND, "there is no bucket " + location.bucket());
        }
        return bucket;
    }

    private Stored current(S3Location location) {
        Stored stored = bucket(location).current.get(location.key());
        if (stored == null) {
            throw new ObjectStoreException(Code.NOT_FOUND, "there is no " + location);
        }
        return stored;
    }

    private Stored version(S3Location location, String versionId) {
        if (versionId == null) {
            return current(location);
        }
        return bucket(location).versions.getOrDefault(location.key(), List.of()).stream()
                .filter(stored -> versionId.equals(stored.object.versionId()))
                .findFirst()
                .orElseThrow(() -> new ObjectStoreException(
                        Code.NOT_FOUND, "there is no version " + versionId + " of " + location));
    }

    private static StoredObject withoutVersion(StoredObject object) {
        return new StoredObject(
                object.key(), object.etag(), null, object.size(), object.lastModified(), object.storageClass());
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static final class Bucket {

        private final boolean isVersioned;
        private final NavigableMap<String, Stored> current = new TreeMap<>(Utf8Order.INSTANCE);
        private final Map<String, List<Stored>> versions = new HashMap<>();
        private int written;

        Bucket(boolean isVersioned) {
            this.isVersioned = isVersioned;
        }

        String nextVersion() {
            written++;
            return isVersioned ? "version-" + written : null;
        }

        void write(String key, Stored stored) {
            current.put(key, stored);
            if (isVersioned) {
                versions.computeIfAbsent(key, any -> new ArrayList<>()).add(stored);
            }
        }
    }

    private static final class Stored {

        private StoredObject object;
        private final byte[] bytes;
        private final Map<String, String> tags = new TreeMap<>();

        Stored(StoredObject object, byte[] bytes) {
            this.object = object;
            this.bytes = bytes;
        }
    }
}
