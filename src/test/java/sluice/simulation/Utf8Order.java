package sluice.simulation;

import java.util.Comparator;

/** The order of DynamoDB's sort keys: that of the bytes in UTF-8, which is that of code points. */
enum Utf8Order implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char mine = left.charAt(i);
            char other = right.charAt(i);
            if (mine != other) {
                // A surrogate is part of a code point beyond those of all other characters.
                boolean beyond = Character.isSurrogate(mine);
                return beyond == Character.isSurrogate(other) ? Character.compare(mine, other) : beyond ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
