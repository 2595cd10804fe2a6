package sluice.entry.cli.importer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the spec does not contain, as stated by its owner.
 *
 * @param clusters names of clusters, at least one
 * @param source {@code s3://bucket/prefix} of future files; null for that of the spec
 * @param timeChunk how keys continue after the prefix; null to derive it from the spec's keys
 */
public record ImportOptions(List<String> clusters, @Nullable String source, @Nullable String timeChunk) {}
