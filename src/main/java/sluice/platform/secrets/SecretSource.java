package sluice.platform.secrets;

/** Where secrets are kept: Secrets Manager and SSM, or a fake. */
public interface SecretSource {

    /**
     * Reads the text of a secret; the key of the reference does not matter.
     *
     * @throws SecretException if it cannot be read
     */
    String read(SecretReference reference);
}
