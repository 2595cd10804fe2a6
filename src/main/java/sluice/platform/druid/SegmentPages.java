package sluice.platform.druid;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads lists that {@link SegmentCatalog} gives in pages. */
public final class SegmentPages {

    private SegmentPages() {}

    /**
     * Returns the elements of page after page, up to a number.
     *
     * @param size of a full page; a shorter one is the last
     * @param next reads the page after an element; null for the first page
     */
    public static <T> List<T> read(int most, int size, Function<@Nullable T, List<T>> next) {
        List<T> all = new ArrayList<>();
        List<T> page;
        do {
            page = next.apply(all.isEmpty() ? null : all.get(all.size() - 1));
            all.addAll(page);
        } while (page.size() == size && all.size() < most);
        return all.size() > most ? all.subList(0, most) : all;
    }
}
