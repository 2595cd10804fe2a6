package sluice.retention;

import sluice.definition.BatchDefinition;
import sluice.definition.Definition;

/**
 * What a sweep may do with a datasource.
 *
 * @param keep how long rows stay, or null for always
 * @param purgeAfter how long an unused segment stays, or null for always
 * @param concurrent whether tasks of the datasource use concurrent locks
 * @param orphan whether no definition has the datasource
 * @param definitionHash version of the definition, empty where there is none
 */
record Policy(Span keep, Span purgeAfter, boolean concurrent, boolean orphan, String definitionHash) {

    static Policy of(Definition definition) {
        var retention = definition.retention();
        boolean appends = definition.batch() != null && definition.batch().mode() == BatchDefinition.Mode.APPEND;
        return new Policy(
                retention == null ? null : Span.of(retention.keep()),
                retention == null ? null : Span.of(retention.purgeAfter()),
                appends || !definition.stream().isEmpty(),
                false,
                definition.hash());
    }

    /** A datasource that no definition has: everything is past its time. */
    static Policy orphan(Span purgeAfter) {
        return new Policy(null, purgeAfter, false, true, "");
    }

    /** What makes it another policy than an earlier one: under another one the first sweep is a dry run again. */
    String text() {
        return (orphan ? "orphan" : keep == null ? "for ever" : keep.text()) + ", purged after "
                + (purgeAfter == null ? "never" : purgeAfter.text());
    }
}
