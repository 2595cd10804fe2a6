package sluice.upkeep.retention;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import sluice.core.definition.Definition;
import sluice.core.definition.Retention;
import sluice.core.definition.Span;
import sluice.core.spec.LoadRules;

/**
 * What a sweep may do with a datasource.
 *
 * @param keep how long rows stay, or null for always
 * @param purgeAfter how long an unused segment stays, or null for always
 * @param concurrent whether tasks of the datasource use concurrent locks
 * @param orphan whether no definition has the datasource
 * @param rules the load and drop rules that the definition asks for, empty where it asks for none
 * @param definitionHash version of the definition, empty where there is none
 */
record Policy(
        Span keep, Span purgeAfter, boolean concurrent, boolean orphan, List<JsonNode> rules, String definitionHash) {

    Policy {
        rules = List.copyOf(rules);
    }

    static Policy of(Definition definition) {
        Retention retention = definition.retention();
        return new Policy(
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

    /** A datasource that no definition has: everything is past its time. */
    static Policy orphan(Span purgeAfter) {
        return new Policy(null, purgeAfter, false, true, List.of(), "");
    }

    /** Whether a sweep was made by the same spans. */
    boolean isOf(SweepReport report) {
        return Objects.equals(text(keep), report.keep()) && Objects.equals(text(purgeAfter), report.purgeAfter());
    }

    static String text(Span span) {
        return span == null ? null : span.text();
    }

    /** What makes it another policy than an earlier one: under another one the first sweep is a dry run again. */
    String text() {
        return (orphan ? "orphan" : keep == null ? "for ever" : keep.text()) + ", purged after "
                + (purgeAfter == null ? "never" : purgeAfter.text());
    }
}
