package sluice.entry.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import sluice.core.batch.ObjectLayout;
import sluice.core.batch.S3Location;
import sluice.core.definition.Definition;
import sluice.core.definition.Source;
import sluice.core.definition.reader.ReadResult;

/**
 * Objects to try definitions on. The API refuses an object that a definition does not read, so each object goes only to
 * the definition that reads it.
 */
record SampleObjects(List<S3Location> objects) {

    private static final Pattern ADDRESS = Pattern.compile("s3://([^/]+)/(.+)");

    static SampleObjects of(List<String> addresses) throws UsageException {
        List<S3Location> objects = new ArrayList<>();
        for (String address : addresses) {
            Matcher matcher = ADDRESS.matcher(address);
            if (!matcher.matches()) {
                throw new UsageException("--object cannot be '" + address + "'; it must be s3://BUCKET/KEY");
            }
            objects.add(new S3Location(matcher.group(1), matcher.group(2)));
        }
        return new SampleObjects(List.copyOf(objects));
    }

    /** @throws UsageException if none of several definitions reads an object */
    List<PlanRequest> requests(List<SourceFile> definitions, Map<String, String> variables) throws UsageException {
        if (objects.isEmpty()) {
            return PlanRequest.withoutObjects(definitions);
        }
        if (definitions.size() == 1) {
            return PlanRequest.withObjects(definitions.get(0), objects);
        }
        Set<S3Location> left = new LinkedHashSet<>(objects);
        List<PlanRequest> requests = new ArrayList<>();
        List<SourceFile> without = new ArrayList<>();
        for (SourceFile definition : definitions) {
            List<S3Location> own = objects.stream()
                    .filter(object -> reads(definition.definition(variables), object))
                    .toList();
            own.forEach(left::remove);
            requests.addAll(PlanRequest.withObjects(definition, own));
            if (own.isEmpty()) {
                without.add(definition);
            }
        }
        if (!left.isEmpty()) {
            throw new UsageException("none of the definitions reads "
                    + left.stream().map(S3Location::toString).collect(Collectors.joining(", "))
                    + "; if a prefix is in a variable, pass it with --variable, or plan that definition alone");
        }
        requests.addAll(PlanRequest.withoutObjects(without));
        return requests;
    }

    /** Compares prefix, suffix and time. The bucket often depends on a variable of the target environment. */
    private static boolean reads(ReadResult result, S3Location object) {
        if (!(result instanceof ReadResult.Valid valid) || valid.definition().batch() == null) {
            return false;
        }
        Definition definition = valid.definition();
        Source source = definition.requireBatch().source();
        ObjectLayout layout = new ObjectLayout(source, definition.schema().segmentGranularity());
        return layout.matches(source.bucket(), object.key())
                && layout.chunkOf(object.key()).isPresent();
    }
}
