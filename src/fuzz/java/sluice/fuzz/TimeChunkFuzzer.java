package sluice.fuzz;

import java.time.Instant;
import java.util.Optional;
import sluice.core.definition.TimeChunkPattern;

/** Takes any text as a pattern of time chunks and as a key. Only the documented exception is thrown. */
public final class TimeChunkFuzzer {

    private TimeChunkFuzzer() {}

    public static void fuzzerInitialize() {
        Inputs.warmUp(TimeChunkFuzzer.class, TimeChunkFuzzer::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        String text = Inputs.text(data);
        int border = Math.max(0, text.indexOf('\n'));
        String key = text.substring(border).strip();
        TimeChunkPattern pattern;
        try {
            pattern = TimeChunkPattern.of(text.substring(0, border));
        } catch (IllegalArgumentException refused) {
            return;
        }
        pattern.prefixes(Instant.parse("2026-02-28T23:59:59Z"));
        Optional<TimeChunkPattern.Match> match = pattern.match(key, 0);
        match.ifPresent(found -> pattern.prefixes(found.start()));
        if (match.filter(found -> found.end() > key.length()).isPresent()) {
            throw new AssertionError("the match ends behind the key");
        }
    }
}
