package sluice.platform.secrets;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says where a secret is.
 *
 * @param address the ARN of a Secrets Manager secret, the ARN of an SSM parameter, or the name of an SSM parameter, which
 *     begins with a slash
 * @param key the key of a JSON object that the secret holds; null for the whole text
 */
public record SecretReference(String address, @Nullable String key) {

    private static final Pattern SECRET = Pattern.compile("arn:[^:]+:secretsmanager:[^:]+:[0-9]{12}:secret:[^#]+");
    private static final Pattern PARAMETER =
            Pattern.compile("arn:[^:]+:ssm:[^:]+:[0-9]{12}:parameter/[^#]+|/[A-Za-z0-9_./-]+");

    public SecretReference {
        if (!SECRET.matcher(address).matches() && !PARAMETER.matcher(address).matches()) {
            // Not quoted: whoever put the secret itself here would find it in the log.
            throw new IllegalArgumentException(
                    "a reference to a secret must be the ARN of a Secrets Manager secret, the ARN"
                            + " of an SSM parameter, or the name of an SSM parameter, which begins with a slash");
        }
        if (key != null && key.isEmpty()) {
            throw new IllegalArgumentException("the key after # is missing in " + address);
        }
    }

    /**
     * Reads {@code address} or {@code address#key}.
     *
     * @throws IllegalArgumentException if the text is no reference; the message does not quote it
     */
    public static SecretReference of(String text) {
        int hash = text.indexOf('#');
        return hash < 0
                ? new SecretReference(text, null)
                : new SecretReference(text.substring(0, hash), text.substring(hash + 1));
    }

    /** Returns true for Secrets Manager, false for a parameter of SSM. */
    boolean isOfSecretsManager() {
        return SECRET.matcher(address).matches();
    }

    /** Returns the reference as it is written. */
    @Override
    public String toString() {
        return key == null ? address : address + "#" + key;
    }
}
