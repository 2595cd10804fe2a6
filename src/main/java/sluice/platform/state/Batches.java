package sluice.platform.state;

import java.util.ArrayList;
import java.util.List;

/** Splits what is too much for one call. */
public final class Batches {

    private Batches() {}

    /** Returns parts of the list in its order, each with at most so many elements. */
    public static <T> List<List<T>> of(List<T> all, int most) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += most) {
            parts.add(all.subList(from, Math.min(from + most, all.size())));
        }
        return parts;
    }
}
