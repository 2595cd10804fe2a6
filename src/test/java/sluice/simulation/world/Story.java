package sluice.simulation.world;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A history in words, for whoever has to understand a failure. */
public final class Story {

    private final Clock clock;
    private final List<Line> lines = new ArrayList<>();

    /** Put into words when somebody reads it, which is rare. */
    private record Line(Instant at, String text) {

        @Override
        public String toString() {
            return at + " " + text;
        }
    }

    Story(Clock clock) {
        this.clock = clock;
    }

    void tell(String line) {
        lines.add(new Line(clock.instant(), line));
    }

    @Override
    public String toString() {
        return lines.stream().map(Line::toString).collect(Collectors.joining("\n"));
    }

    static String reason(Throwable failure) {
        StringBuilder reason = new StringBuilder(failure.toString());
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            reason.append(", because ").append(cause);
        }
        if (failure.getStackTrace().length > 0) {
            reason.append(" at ").append(failure.getStackTrace()[0]);
        }
        return reason.toString();
    }

    /** A message without what every message has. */
    static String brief(String body) {
        int data = body.indexOf("\"data\"");
        String brief = data < 0 ? body : body.substring(data);
        return brief.length() > 200 ? brief.substring(0, 200) + "..." : brief;
    }
}
