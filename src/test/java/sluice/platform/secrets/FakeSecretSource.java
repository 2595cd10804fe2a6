package sluice.platform.secrets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Secrets in memory. One that was not given cannot be read. */
public final class FakeSecretSource implements SecretSource {

    private final Map<String, String> secrets = new HashMap<>();
    private final List<String> reads = new ArrayList<>();

    public FakeSecretSource holds(String address, String text) {
        secrets.put(address, text);
        return this;
    }

    public void loses(String address) {
        secrets.remove(address);
    }

    /** The addresses that were read, in order. */
    public List<String> reads() {
        return List.copyOf(reads);
    }

    @Override
    public String read(SecretReference reference) {
        reads.add(reference.address());
        String text = secrets.get(reference.address());
        if (text == null) {
            throw new SecretException("the secret " + reference.address() + " cannot be read: no such secret");
        }
        return text;
    }
}
