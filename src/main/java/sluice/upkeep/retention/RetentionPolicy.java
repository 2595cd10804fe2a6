package sluice.upkeep.retention;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sluice.core.definition.Definition;
import sluice.core.definition.Retention;
import sluice.core.definition.Span;
import sluice.core.spec.LoadRules;

/**
 * How long sweeps keep the data of a datasource.
 *
 * @param keep how long rows stay; null for always
 * @param purgeAfter how long an unused segment stays; null for always
 * @param concurrent whether tasks of the datasource use concurrent locks
 * @param orphan whether the datasource has no definition
 * @param rules the load and drop rules of the definition, empty if it has none
 * @param definitionHash version of the definition, empty for an orphan
 */
record RetentionPolicy(
        @Nullable Span keep,
        @Nullable Span purgeAfter,
        boolean concurrent,
        boolean orphan,
        List<JsonNode> rules,
        String definitionHash) {

    RetentionPolicy {
        rules = List.copyOf(rules);
    }

    static RetentionPolicy of(Definition definition) {
        Retention retention = definition.retention();
        return new RetentionPolicy(
                retention == null ? null : Span.of(retention.keep()),
                retention == null ? null : Span.of(retention.purgeAfter()),
                definition.isAppendedTo(),
                false,
                retention == null ? List.of() : rules(retention),
                definition.hash());
    }

    private static List<JsonNode> rules(Retention retention) {
        List<JsonNode> rules = new ArrayList<>();
        LoadRules.of(retention).forEach(rules::add);
        return rules;
    }

    /** Returns the policy of a datasource without a definition: all its data is expired. */
    static RetentionPolicy orphan(Span purgeAfter) {
        return new RetentionPolicy(null, purgeAfter, false, true, List.of(), "");
    }

    /** Returns true if the sweep of the report used the same spans. */
    boolean isOf(SweepReport report) {
        return Objects.equals(text(keep), report.keep()) && Objects.equals(text(purgeAfter), report.purgeAfter());
    }

    static @Nullable String text(@Nullable Span span) {
        return span == null ? null : span.text();
    }

    /** Returns the text that identifies the policy: after it has changed, the next sweep is a dry run. */
    String text() {
        return (orphan ? "orphan" : keep == null ? "for ever" : keep.text()) + ", purged after "
                + (purgeAfter == null ? "never" : purgeAfter.text());
    }
}
