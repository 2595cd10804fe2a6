package sluice.core.contract;

/** Checks the rest of the tuningConfig, and the write mode. */
final class TuningRules {
    private TuningRules() {}

    static void appending(SpecView spec, FindingCollector findings) {
        if (!spec.isBatch() || !spec.ioConfig().isTrue("appendToExisting")) {
            return;
        }
        if (spec.ioConfig().isTrue("dropExisting")) {
            findings.add(
                    ContractCode.APPEND_WITH_DROP,
                    spec.ioConfig().get("dropExisting"),
                    "appendToExisting and dropExisting are both true",
                    "one of the two",
                    null);
        }
        if (spec.tuningConfig().isTrue("forceGuaranteedRollup")) {
            findings.add(
                    ContractCode.APPEND_WITH_ROLLUP,
                    spec.tuningConfig().get("forceGuaranteedRollup"),
                    "appendToExisting and forceGuaranteedRollup are both true",
                    "dynamic partitions when appending",
                    null);
        }
    }

    static void parseExceptions(SpecView spec, FindingCollector findings) {
        SpecNode tuning = spec.tuningConfig();
        if (!spec.isBatch() && !spec.isStream()) {
            return;
        }
        boolean reports = tuning.isTrue("reportParseExceptions");
        if (reports && tuning.node().path("maxParseExceptions").asLong() > 0) {
            findings.add(
                    ContractCode.PARSE_LIMIT_IGNORED,
                    tuning.get("maxParseExceptions"),
                    "reportParseExceptions is true and maxParseExceptions is not 0",
                    "one of the two",
                    null);
        } else if (!reports
                && !tuning.has("maxParseExceptions")
                && !tuning.isTrue("logParseExceptions")
                && !tuning.has("maxSavedParseExceptions")) {
            findings.add(
                    ContractCode.PARSE_LOSS_HIDDEN,
                    tuning.present() ? tuning : spec.document(),
                    "nothing limits or reports unreadable rows",
                    "maxParseExceptions, and maxSavedParseExceptions to see some of them",
                    null);
        }
    }

    static void memory(SpecView spec, FindingCollector findings) {
        SpecNode rows = spec.tuningConfig().get("maxRowsInMemory");
        if (rows.node().isNumber() && rows.node().asLong() < 1) {
            findings.add(ContractCode.ROWS_IN_MEMORY, rows, "maxRowsInMemory is " + rows.node(), "1 or more", null);
        }
    }

    static void subtasks(SpecView spec, FindingCollector findings) {
        boolean said = spec.tuningConfig().has("maxNumConcurrentSubTasks");
        if (spec.type().equals("index_parallel") && spec.isBatch() && !said) {
            findings.add(
                    ContractCode.ONE_SUBTASK,
                    spec.tuningConfig().present() ? spec.tuningConfig() : spec.document(),
                    "maxNumConcurrentSubTasks is not set: one at a time",
                    "2 or more to run in parallel",
                    null);
        }
    }
}
