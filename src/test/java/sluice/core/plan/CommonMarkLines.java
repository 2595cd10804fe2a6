package sluice.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a comment as <a href="https://spec.commonmark.org/0.31.2/#fenced-code-blocks">CommonMark</a> sees them. */
public final class CommonMarkLines {

    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,})([^`]*)");

    private CommonMarkLines() {}

    /** Returns the lines outside blocks of code. Fails if the last block is not closed. */
    public static List<String> outsideBlocks(String text) {
        List<String> outside = new ArrayList<>();
        String fence = null;
        for (String line : text.split("\n|\r\n?")) {
            Matcher mark = FENCE.matcher(line);
            if (fence == null && mark.matches()) {
                fence = mark.group(1);
            } else if (fence == null) {
                outside.add(line);
            } else if (mark.matches()
                    && mark.group(2).isBlank()
                    && mark.group(1).length() >= fence.length()) {
                fence = null;
            }
        }
        assertThat(fence).as("a block that is not closed").isNull();
        return outside;
    }
}
