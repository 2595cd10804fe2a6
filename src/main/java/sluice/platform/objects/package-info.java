/**
 * The object store that data and definitions lie in, in our own words: list, read, tag, presign. Callers know buckets, keys
 * and {@link sluice.platform.objects.ObjectStoreException.Code codes}, not the AWS SDK, so that a store in memory can take
 * the place of S3 in tests.
 */
@NullMarked
package sluice.platform.objects;

import org.jspecify.annotations.NullMarked;
