package sluice.core.json;

import java.util.ArrayList;
import java.util.List;

/** Builds and takes apart JSON Pointers (RFC 6901). */
public final class JsonPointers {

    private JsonPointers() {}

    /** Returns the pointer to the member {@code key} of the object at {@code pointer}. */
    public static String child(String pointer, String key) {
        return pointer + "/" + escape(key);
    }

    /** Returns the pointer to the element {@code index} of the array at {@code pointer}. */
    public static String child(String pointer, int index) {
        return pointer + "/" + index;
    }

    /** Returns the pointer without its last step; the root is its own parent. */
    public static String parent(String pointer) {
        return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
    }

    /** Returns a key in the form that a pointer needs: {@code ~} becomes {@code ~0}, {@code /} becomes {@code ~1}. */
    public static String escape(String key) {
        return key.indexOf('~') < 0 && key.indexOf('/') < 0
                ? key
                : key.replace("~", "~0").replace("/", "~1");
    }

    /** Returns the steps of a pointer, unescaped; none for the root. */
    public static List<String> steps(String pointer) {
        List<String> steps = new ArrayList<>();
        for (int from = 1; from <= pointer.length(); ) {
            int slash = pointer.indexOf('/', from);
            int to = slash < 0 ? pointer.length() : slash;
            steps.add(pointer.substring(from, to).replace("~1", "/").replace("~0", "~"));
            from = to + 1;
        }
        return steps;
    }
}
