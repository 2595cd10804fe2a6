package sluice.core.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The compressions that Druid decompresses, recognised by a lower-case extension ({@code
 * org.apache.druid.utils.CompressionUtils.Format}, Druid 33).
 */
enum Compression {
    GZ("gz", 6),
    BZ2("bz2", 8),
    XZ("xz", 8),
    ZST("zst", 6),
    SZ("sz", 3),
    ZIP("zip", 6);

    private final String suffix;
    private final int expansion;

    Compression(String suffix, int expansion) {
        this.suffix = suffix;
        this.expansion = expansion;
    }

    static Optional<Compression> of(String name) {
        return Arrays.stream(values())
                .filter(compression -> name.endsWith("." + compression.suffix))
                .findFirst();
    }

    static String strip(String name) {
        return of(name).map(compression -> name.substring(0, name.length() - compression.suffix.length() - 1))
                .orElse(name);
    }

    static List<String> suffixes() {
        return Arrays.stream(values()).map(compression -> compression.suffix).toList();
    }

    /** Returns the approximate number of bytes of text in one compressed byte. */
    int expansion() {
        return expansion;
    }
}
