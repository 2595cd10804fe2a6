package sluice.ingest.ledger;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.InputObject;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;

/**
 * What the end of a run means for each of its objects. If the run failed because of its input, the objects that an error names
 * are held back; if no error names one, all of them are.
 */
final class RunVerdict {

    private final Run run;
    private final RunState end;
    private final boolean isAlone;
    private final List<String> errors;
    private final Map<InputObject, String> named = new HashMap<>();

    /** @param errors Druid's messages about rows and tasks, the most telling first */
    RunVerdict(Run run, RunState end, List<InputObject> objects, List<String> errors) {
        this.run = run;
        this.end = end;
        this.isAlone = objects.size() == 1;
        this.errors = List.copyOf(errors);
        for (String error : errors) {
            for (InputObject object : objects) {
                if (names(error, object)) {
                    named.putIfAbsent(object, error);
                }
            }
        }
    }

    /** Returns the first error about the object; null if there is none. */
    @Nullable
    String error(InputObject object) {
        return named.getOrDefault(object, isAlone && !errors.isEmpty() ? errors.get(0) : null);
    }

    /** Returns how the run ended for the object; null for a state that is no end. */
    LedgerEntry.@Nullable End of(InputObject object) {
        if (!(end instanceof RunState.Ended ended)) {
            return null;
        }
        boolean loaded = run.mayHaveLoaded(ended);
        boolean suspect = named.isEmpty() || named.containsKey(object);
        boolean held = !loaded && isAboutInput() && suspect;
        return new LedgerEntry.End(loaded, end.since(), held ? run.definitionHash() : null);
    }

    private boolean isAboutInput() {
        return Problem.of(end).filter(Problem::isAboutInput).isPresent();
    }

    /** Returns true if the error has the object's address. Druid encodes the key in it, and S3 otherwise in a presigned one. */
    private static boolean names(String error, InputObject object) {
        String byDruid = URLEncoder.encode(object.key(), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
        String byS3 = byDruid.replace("*", "%2A").replace("%7E", "~");
        return Stream.of(object.key(), byDruid, byS3)
                .distinct()
                .anyMatch(path -> contains(error, object.bucket() + "/" + path)
                        // A bucket of Amazon's may be the first part of the host's name.
                        || contains(error, "amazonaws.com/" + path) && error.contains("//" + object.bucket() + "."));
    }

    /** Returns true if the error has the address, and not only one that begins with it. */
    private static boolean contains(String error, String address) {
        for (int at = error.indexOf(address); at >= 0; at = error.indexOf(address, at + 1)) {
            int end = at + address.length();
            boolean begins = at == 0 || !Character.isLetterOrDigit(error.charAt(at - 1));
            if (begins && (end == error.length() || endsAddress(error, end))) {
                return true;
            }
        }
        return false;
    }

    /** A full stop ends an address only if it also ends the sentence. */
    private static boolean endsAddress(String error, int at) {
        char next = error.charAt(at);
        if (next == '.') {
            return at + 1 == error.length() || Character.isWhitespace(error.charAt(at + 1));
        }
        return !Character.isLetterOrDigit(next) && "/_-~%+=".indexOf(next) < 0;
    }
}
