package sluice.govern.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One move of the active pointer of a datasource.
 *
 * @param number position in the order of moves, from 1 and without gaps
 * @param kind why the pointer moved
 * @param version number of the version that became active
 * @param before number of the version that was active before; null for the first move
 * @param author the caller's identity
 * @param reason the author's words; null if not stated
 * @param at when the pointer moved
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Activation(
        int number,
        Kind kind,
        int version,
        @Nullable Integer before,
        String author,
        @Nullable String reason,
        Instant at) {

    /** Why a version became active. */
    public enum Kind {
        /** It was applied. */
        APPLY,
        /** A later one was rolled back. */
        ROLLBACK
    }
}
