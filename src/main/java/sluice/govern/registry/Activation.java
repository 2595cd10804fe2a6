package sluice.govern.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * One move of the active pointer of a datasource.
 *
 * @param number from 1, without gaps: the order of the moves
 * @param kind why the pointer moved
 * @param version number of the version that became active
 * @param before number of the version that was active, or null for the first
 * @param author the caller's identity
 * @param reason the author's own words, or null
 * @param at when
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Activation(int number, Kind kind, int version, Integer before, String author, String reason, Instant at) {

    /** Why a version became active. */
    public enum Kind {
        /** It was applied. */
        APPLY,
        /** A later one was rolled back. */
        ROLLBACK
    }
}
