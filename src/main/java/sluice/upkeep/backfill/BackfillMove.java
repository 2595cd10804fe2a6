package sluice.upkeep.backfill;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a backfill's state.
 *
 * @param state the state after it
 * @param author identity of the caller; null if the backfill did it by itself
 * @param reason why; null if not stated
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackfillMove(Instant at, BackfillState state, @Nullable String author, @Nullable String reason) {}
