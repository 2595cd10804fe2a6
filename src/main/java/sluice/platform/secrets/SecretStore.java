package sluice.platform.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads secrets when they are first needed and keeps them for {@link #KEPT}. So a rotated secret reaches a warm function
 * without a deployment. Whoever sees that a secret no longer works can have it read again at once.
 */
@ApplicationScoped
public class SecretStore {

    static final Duration KEPT = Duration.ofMinutes(5);
    /** A secret that was just read again, or could not be read, is left alone for this long. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecretSource source;
    private final Clock clock;
    private final Map<String, Kept> secrets = new ConcurrentHashMap<>();

    SecretStore(SecretSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * Returns the secret's text, or the text under the reference's key.
     *
     * @throws SecretException if the secret cannot be read or has no such key
     */
    public String value(SecretReference reference) {
        return part(reference, kept(reference).text(reference));
    }

    /**
     * Reads a secret again that did not work, unless somebody else has done so since, and returns it. Within {@link #PAUSE}
     * it is read again only once, so calls that keep failing do not become calls of the secret's service.
     *
     * @param used the value that did not work
     * @throws SecretException if the secret cannot be read or has no such key
     */
    public String afterFailure(SecretReference reference, String used) {
        Kept kept = kept(reference);
        String text = kept.text(reference);
        return part(reference, part(reference, text).equals(used) ? kept.again(reference) : text);
    }

    private Kept kept(SecretReference reference) {
        return secrets.computeIfAbsent(reference.address(), any -> new Kept());
    }

    private static String part(SecretReference reference, String text) {
        if (reference.key() == null) {
            return text;
        }
        JsonNode value = object(reference.address(), text).path(reference.key());
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new SecretException(
                    "the secret " + reference.address() + " has no text under the key '" + reference.key() + "'");
        }
        return value.textValue();
    }

    /**
     * Reads a secret's text as a JSON object.
     *
     * @throws SecretException if it is none; neither message nor cause quote the text
     */
    public static JsonNode object(String address, String text) {
        try {
            JsonNode object = JSON.readTree(text);
            if (object != null && object.isObject()) {
                return object;
            }
        } catch (JsonProcessingException malformed) {
            // Its message quotes the text.
        }
        throw new SecretException("the secret " + address + " is not a JSON object");
    }

    /** One secret. Its lock makes callers wait for the one who reads it. */
    private final class Kept {

        private @Nullable String text;
        private @Nullable String failure;
        private Instant readAt = Instant.EPOCH;
        private Instant readAgainAt = Instant.EPOCH;

        synchronized String text(SecretReference reference) {
            Instant now = clock.instant();
            if (text != null && now.isBefore(readAt.plus(KEPT))) {
                return text;
            }
            if (failure != null && now.isBefore(readAt.plus(PAUSE))) {
                throw new SecretException(failure);
            }
            return read(reference);
        }

        synchronized String again(SecretReference reference) {
            String known = text(reference);
            if (clock.instant().isBefore(readAgainAt.plus(PAUSE))) {
                return known;
            }
            readAgainAt = clock.instant();
            return read(reference);
        }

        private String read(SecretReference reference) {
            readAt = clock.instant();
            try {
                String read = source.read(reference);
                text = read;
                failure = null;
                return read;
            } catch (SecretException exception) {
                text = null;
                failure = exception.getMessage();
                throw exception;
            }
        }
    }
}
