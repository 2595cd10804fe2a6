package sluice.entry.cli.importer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the spec does not tell, as its owner says it.
 *
 * @param clusters names of clusters, at least one
 * @param source {@code s3://bucket/prefix} of the files to come, or null for that of the spec's own
 * @param timeChunk how keys go on after the prefix, or null to make it out from the spec's keys
 */
public record ImportOptions(List<String> clusters, @Nullable String source, @Nullable String timeChunk) {}
