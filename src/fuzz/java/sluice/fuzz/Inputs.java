package sluice.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What the targets share. */
public final class Inputs {

    private Inputs() {}

    /**
     * Runs a target on its seeds, before Jazzer's clock runs. The first inputs load and instrument hundreds of classes, which
     * takes more than the time of one input on a busy machine.
     */
    public static void warmUp(Class<?> target, Consumer<byte[]> fuzz) {
        fuzz.accept(new byte[0]);
        Corpus.of(target.getSimpleName()).forEach(fuzz);
    }

    /** The text of some bytes; what is not UTF-8 becomes replacement characters. */
    public static String text(byte[] data) {
        return new String(data, StandardCharsets.UTF_8);
    }

    /** The text after the first byte, which chooses a variant. */
    public static String rest(byte[] data) {
        return data.length < 2 ? "" : new String(data, 1, data.length - 1, StandardCharsets.UTF_8);
    }

    /** A number below the limit, from the first byte. */
    public static int choice(byte[] data, int limit) {
        return data.length == 0 ? 0 : Math.floorMod(data[0], limit);
    }
}
