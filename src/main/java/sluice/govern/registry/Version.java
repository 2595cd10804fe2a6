package sluice.govern.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An immutable version of a definition. It is never removed.
 *
 * @param datasource Druid's datasource
 * @param number from 1, without gaps
 * @param hash {@link sluice.core.definition.Definition#hash()} when the version was created
 * @param text the document as its author wrote it
 * @param author the caller's identity
 * @param commit git commit of the document; null if not stated
 * @param note the author's words; null if not stated
 * @param createdAt when the version was created
 * @param parent number of the version that was active then; null for the first
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Version(
        String datasource,
        int number,
        String hash,
        String text,
        String author,
        @Nullable String commit,
        @Nullable String note,
        Instant createdAt,
        @Nullable Integer parent) {}
