package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions that expressions of one Druid version can call, according to Druid's own parser. */
final class ExpressionFunctions {
    private final SchemaFiles files;
    private volatile @Nullable Set<String> names;

    ExpressionFunctions(SchemaFiles files) {
        this.files = files;
    }

    Set<String> names() {
        Set<String> known = names;
        if (known == null) {
            Set<String> read = new HashSet<>();
            JsonNode content = files.file("functions");
            content.path("functions").forEach(name -> read.add(name.asText()));
            content.path("applyFunctions").forEach(name -> read.add(name.asText()));
            known = Set.copyOf(read);
            names = known;
        }
        return known;
    }
}
