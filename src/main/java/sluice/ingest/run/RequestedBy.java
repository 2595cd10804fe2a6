package sluice.ingest.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who requested an attempt of a run.
 *
 * @param author identity of the caller; null if unknown
 * @param reason why; null if not stated
 * @param idempotencyKey the caller's idempotency key; null if there is none
 * @param orderedAt when; null if unknown
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RequestedBy(
        @Nullable String author,
        @Nullable String reason,
        @Nullable String idempotencyKey,
        @Nullable Instant orderedAt) {}
