package sluice.govern.streams;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import sluice.core.json.CanonicalJson;

/**
 * What a person asks for.
 *
 * @param supervisor the supervisor's id
 * @param snapshot number of the operation to whose offsets a reset goes back; null for none
 * @param time time to whose offsets a reset goes back; null for none
 * @param author the caller
 * @param key the caller's idempotency key; null for none
 */
public record StreamOrder(
        String datasource,
        String cluster,
        String supervisor,
        StreamOperation.Action action,
        @Nullable Integer snapshot,
        @Nullable Instant time,
        String reason,
        String author,
        @Nullable String key) {

    public StreamOrder {
        if (snapshot != null && time != null) {
            throw new StreamException("a reset goes to a snapshot or to a time, not to both");
        }
        if (action != StreamOperation.Action.RESET && (snapshot != null || time != null)) {
            throw new StreamException("only a reset goes to a snapshot or to a time");
        }
    }

    /** Hash of the caller, the datasource and the key. */
    @Nullable
    String keyHash() {
        return key == null ? null : CanonicalJson.sha256("stream\n" + author + "\n" + datasource + "\n" + key);
    }

    String request() {
        return CanonicalJson.sha256(
                String.join("\n", cluster, supervisor, action.name(), "" + snapshot, "" + time, reason));
    }
}
