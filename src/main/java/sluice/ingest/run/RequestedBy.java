package sluice.ingest.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * Who asked for an attempt of a run.
 *
 * @param author the caller's identity
 * @param reason why, or null
 * @param idempotencyKey the caller's own name for the intent, or null
 * @param orderedAt when
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RequestedBy(String author, String reason, String idempotencyKey, Instant orderedAt) {}
