package sluice.platform.state;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Texts that may be larger than an item. A text is stored compressed: in its item if it fits, and otherwise in parts, which are
 * items of their own. The key of a part is a hash of the whole, so a part never changes, and a text that is stored twice is
 * stored once.
 */
@ApplicationScoped
public class LargeTexts {

    /** DynamoDB accepts items of 400 KB. The rest is room for keys and attributes. */
    private static final int MOST_BYTES = 300_000;

    private static final String PARTS = "#parts";
    private static final String HASH = "#hash";

    private final StateTable table;

    LargeTexts(StateTable table) {
        this.table = table;
    }

    /**
     * Returns the item with the text. Parts are stored at once: the item may be written in a transaction afterwards, and if it is
     * not, its parts expire.
     *
     * @param expiry when the table may remove the parts, not before the item
     */
    public Item with(Item item, String name, String text, Instant expiry) {
        byte[] bytes = Item.gzip(text);
        if (bytes.length <= MOST_BYTES) {
            return item.with(name, new Value.Bytes(bytes));
        }
        String hash = hash(bytes);
        int parts = 0;
        for (int from = 0; from < bytes.length; from += MOST_BYTES) {
            byte[] part = Arrays.copyOfRange(bytes, from, Math.min(from + MOST_BYTES, bytes.length));
            table.put(Item.at(Key.part(hash, parts++))
                    .with(name, new Value.Bytes(part))
                    .expiring(expiry));
        }
        return item.with(name + HASH, hash).with(name + PARTS, parts);
    }

    /**
     * Returns the text of an item; empty if it has none.
     *
     * @throws IllegalStateException if a part is missing
     */
    public Optional<String> find(Item item, String name) {
        Optional<String> hash = item.text(name + HASH);
        return hash.isEmpty()
                ? item.compressed(name)
                : Optional.of(joined(hash.get(), name, (int) item.number(name + PARTS, 0)));
    }

    private String joined(String hash, String name, int parts) {
        List<Key> keys = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            keys.add(Key.part(hash, part));
        }
        List<Item> items = new ArrayList<>();
        Batches.of(keys, StateTable.MOST_KEYS).forEach(batch -> items.addAll(table.getAll(batch)));
        if (items.size() < parts) {
            throw new IllegalStateException(
                    "the state table has only " + items.size() + " of " + parts + " parts of " + hash);
        }
        items.sort(Comparator.comparing(part -> Key.of(part).sk()));
        return Item.gunzip(items.stream().map(part -> part.bytes(name)).toList());
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
