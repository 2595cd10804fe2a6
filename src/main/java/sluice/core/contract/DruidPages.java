package sluice.core.contract;

import org.jspecify.annotations.Nullable;

/** Druid's documentation page for each rule. */
final class DruidPages {
    private static final String DOCS = "https://druid.apache.org/docs/latest/";

    private DruidPages() {}

    static @Nullable String of(ContractCode code) {
        int number = Integer.parseInt(code.id().substring("SLU-".length()));
        if (number < 2000 || number >= 3000) {
            return null;
        }
        return DOCS + page(number);
    }

    private static String page(int number) {
        if (number < 2020) {
            return "ingestion/ingestion-spec#granularityspec";
        }
        if (number < 2040) {
            return "ingestion/ingestion-spec#dimensionsspec";
        }
        if (number < 2050) {
            return "ingestion/ingestion-spec#metricsspec";
        }
        if (number < 2060) {
            return number == Integer.parseInt(ContractCode.TRANSFORM_TWICE.id().substring(4))
                    ? "ingestion/ingestion-spec#transformspec"
                    : "querying/math-expr";
        }
        if (number < 2068) {
            return number >= 2061 && number <= 2063 ? "ingestion/data-formats" : "ingestion/input-sources";
        }
        if (number < 2080) {
            return "ingestion/ingestion-spec#timestampspec";
        }
        if (number < 2100) {
            return "ingestion/native-batch";
        }
        return later(number);
    }

    private static String later(int number) {
        if (number < 2110) {
            return "data-management/manual-compaction";
        }
        if (number < 2120) {
            return "data-management/delete";
        }
        if (number < 2130) {
            return "ingestion/supervisor";
        }
        if (number < 2140) {
            return "ingestion/tasks#context-parameters";
        }
        return number < 2150 ? "operations/rule-configuration" : "ingestion/ingestion-spec#datasource";
    }
}
