package sluice.govern.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A version of a definition: made once, never changed, never removed.
 *
 * @param datasource Druid's datasource
 * @param number from 1, without gaps
 * @param hash {@link sluice.core.definition.Definition#hash()} as it was when the version was made
 * @param text the document as its author wrote it
 * @param author the caller's identity
 * @param commit git commit that the document comes from, or null
 * @param note the author's own words, or null
 * @param createdAt when it was made
 * @param parent number of the version that was active then, or null for the first
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Version(
        String datasource,
        int number,
        String hash,
        String text,
        String author,
        String commit,
        String note,
        Instant createdAt,
        Integer parent) {}
