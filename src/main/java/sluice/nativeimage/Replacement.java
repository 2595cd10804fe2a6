package sluice.nativeimage;

import java.util.List;
import java.util.function.Predicate;

/**
 * Decides whether the executable is built with a replacement of a library's method. {@code -Dsluice.native.plain} builds it
 * without any; {@code -Dsluice.native.without=NAME:NAME} without those of the named classes and packages. The native
 * profiles of the build hand both properties to the builder.
 */
final class Replacement implements Predicate<String> {

    private final boolean isPlain;
    private final List<String> without;

    Replacement() {
        this(System.getProperty("sluice.native.plain"), System.getProperty("sluice.native.without", ""));
    }

    /**
     * @param plain   null if replacements are wanted; any other text but {@code false} if none is
     * @param without beginnings of class names whose methods stay as they are, separated by colons
     */
    Replacement(String plain, String without) {
        this.isPlain = plain != null && !plain.equals("false");
        this.without = List.of(without.split(":"));
    }

    /** @param original name of the class whose method would be replaced */
    @Override
    public boolean test(String original) {
        return !isPlain && without.stream().noneMatch(name -> !name.isBlank() && original.startsWith(name));
    }
}
